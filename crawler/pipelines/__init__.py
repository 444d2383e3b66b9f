"""Item pipelines: thin skins over the stages and the store, one duty a class, in the order of ``assemble.ORDER``.

Each is a class ``<Name>Pipeline``, in ``base.py`` or in a file ``<name>.py``: settings make ITEM_PIPELINES of that.
"""
