"""Where a Dataset comes from: reading, describing, preparing, and drawn shapes.

``tables.read`` gives a Table, ``passport.inspect`` says what is in it,
``preparation.suggest`` and ``preparation.fit`` make it ready, and ``samples.load``
brings a Table without any file of the user's.
"""
