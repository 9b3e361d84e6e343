"""One finder per kind of file: text -> hits and doubts."""
