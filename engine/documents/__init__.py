"""Administrative papers as Word files, in the format of Nghị định 30/2020/NĐ-CP.

``papers`` lists them and gathers the values of one, ``render`` fills its Word template. The text of
a paper is Vietnamese whatever language the screen has; what is not known is a blank to be filled by
hand, never a guess.
"""
