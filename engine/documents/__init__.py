"""Administrative papers as Word files, in the format of Nghị định 30/2020/NĐ-CP.

``kinds`` says which papers there are, ``facts`` what a template is given, ``source`` which template
is used and ``render`` fills it. What a paper says is Vietnamese whatever language the screen
speaks; what is not known is a blank to be filled by hand, never a guess.
"""
