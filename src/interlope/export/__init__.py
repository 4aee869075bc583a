"""Export: a finished study in the formats of other fields, each one file, checked by its field's own library.

Comes in: a folder of results, or a shipped answer. Goes out: bytes of files, and the places they were put; nothing is overwritten.

Files, in reading order:

- `study.py`: what a format is written from, and which folders are refused
- `formats/`: the formats, one file each
- `agreement.py`: how far the explanations together agree with a claim, for the formats that rate claims
- `draws.py`, `evidence.py`: equally weighted posterior draws, and their likelihood beside the evidence, for ArviZ
- `pictures.py`: figures with their colours written in, and as bitmaps, for Word
- `paper.py`, `pdf.py`: a figure as a file for print, with its key, as SVG, PNG or PDF
- `notebook.py`: the report's figures of a result, below its table in a notebook
- `door.py`: what may leave, in which letters, and into which new files

A study's dossier holds paraphrases alone, so no words of a document can leave by an export.
"""
