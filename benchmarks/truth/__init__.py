"""Documents of which it is known what should be said of them, and how often the check says so.

The generated ones: `parts` reads a template as a person does, `words` has what an author writes, `manners` the ways in
which sections are left, `designs` puts designs together, `verdicts` holds the check against what is known of them and
makes each disagreement small. Those of others: `collection` judges them, `labels` compares with lines that a person
has labelled, `readings` with findings that a person has read.

Nothing here decides with the help of the code that it measures.
"""
