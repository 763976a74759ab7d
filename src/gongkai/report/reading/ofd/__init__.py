"""OFD, the national fixed-layout format (GB/T 33190-2016): the package, what its pages draw, their blocks."""
