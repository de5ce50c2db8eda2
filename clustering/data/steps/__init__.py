"""Steps: what preparation does, one step a module, in the order of `preparation`.

Each is a value that was fitted to one table and is called with the rows of any; it gives
the rows after it, and a `stages.Stage` that says what it did.
"""
