"""Sections: each file builds one part of the report from the material, as blocks of words, tables and figures."""
