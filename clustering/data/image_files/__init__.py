"""Files of images: arrays of NumPy and archives of pictures, read into one form.

====================  ===========================================================
`image_set`           many images of one size, with their classes
`found`               what a reader gives, whatever the file was
`arrays`              NPZ and NPY: images and labels by the names that people use
`pictures`            a ZIP of pictures whose folders are labels
`levels`              any numbers to eight bits
`classes`             labels of any kind to classes; a fixed test part
====================  ===========================================================
"""
