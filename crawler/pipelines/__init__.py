"""Item pipelines: thin skins over the stages and the store, one duty a file, in the order of ``assemble.ORDER``.

Each file ``<name>.py`` holds a class ``<Name>Pipeline``: settings make ITEM_PIPELINES of that.
"""
