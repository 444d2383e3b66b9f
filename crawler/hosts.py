"""The hosts we know, by what they are for. Light enough for the settings, which every command reads."""

SITE = "https://finews.withounder.com/"
"""The live site; its footers carry this host whatever site was crawled."""
SITE_HOST = "finews.withounder.com"
SHARE_HOST = "finews.zning.xyz"
"""Share host of new posts, asked for articles whose posts do not name one."""
PICTURE_HOSTS = ("webquoteklinepic.eastmoney.com", "webquotepic.eastmoney.com", "push2his.eastmoney.com")
"""Live K-line pictures, and the data to draw past ones from."""
SHARE_HOSTS = (SHARE_HOST, "choicewzp1.eastmoney.com", "app.jg.eastmoney.com")
LIST_HOSTS = ("183.136.162.242", "43.240.125.15")
"""Where the source site asked for its lists."""
