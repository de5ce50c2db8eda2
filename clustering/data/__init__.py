"""Data: the road of a file from its bytes to a Dataset, and home again.

1. *Bytes.* `tables.read` takes the bytes of any file. `formats.files` tells by them what it
   is, and takes it out of its packing.
2. *Cells.* A reader for each format (`tables.READERS`) finds where the cells are, and gives
   a `formats.raw.Raw`: columns of text, or of values where the file has types.
3. *Values.* `kinds.typed` finds out what each column holds and how its cells are written (a
   `Form`), and converts them. The frame, the forms and the complete `reading.Reading` (how
   the file was read, found out but for what was `Given`) are a `tables.Table`.
4. *A look.* `passport.inspect` counts and measures each column; `warnings.warnings` says what
   would lead a clustering astray: `suspects` in one column, `related` columns, `places`.
5. *Choices.* `suggestion.suggest` makes a first `choices.Choices`, one small value that stands
   in the link, in the key of every cache and in the exported script.
6. *Points.* `preparation.fit` learns from the table what the twelve `steps` need; the fitted
   Preparation makes this table, or next month's, a Dataset, step by step.
7. *Home.* A row keeps its place through all of it (`Dataset.rows`), so `clustering.export`
   lays labels beside the user's own rows, and `clustering.script` writes the road as code.

What is no file enters as a Table as well: `samples.load` (drawn `shapes` and `curves`, and
the files of a folder). `texts.tfidf` makes points of one column of a Table instead of 5 and
6, and `image_sets.read` makes them of images. `sequences` makes them of series that a file
holds or that are cut out of a stream, by a preparation that is fitted on a training part. A
further source gives a Table at 3, or, where it has no rows and columns, a Dataset at 6, and
says by its `Source` what one point is.
"""
