"""What judges a method from outside, given as an argument: is there anything, and how much?

`hopkins`, `structure` and `gap` hold the data against `references`, data without clusters;
`counting` asks all of them, and the axes over k, in calls with plain arguments.
"""
