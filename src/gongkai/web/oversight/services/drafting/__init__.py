"""A body's own report, drafted from its records: its numbers, its words, its way to publication.

Whose records and whose report: `scope`, `deadlines`, `listing`.
Numbers: `cells` counts them, `overriding` types over them, `balancing` holds the opening balance against last
year, `cell_pages` lays one out.
Words: `naming` names the cells and `fields` every fact, `narrative` puts them into sentences, `texts` is what
a report opens with, `writing` begins and saves, `composing` reads all of it out as a report.
Findings: `auditing` runs the rules and compares, `explaining` keeps what the body says of them.
Way out: `workflow` is the table of steps, `approving` makes the version, `exporting` the files.
`acts` is what every act shares, `presenting` the page, `demo` the demonstration.
"""
