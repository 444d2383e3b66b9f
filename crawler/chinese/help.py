"""The help of commands, in Chinese."""

from typing import Final

HELP: Final[dict[str, str]] = {
    # headings
    "Usage": "用法",
    "Commands": "命令",
    "Options": "选项",
    "Global Options": "通用选项",
    "Examples": "示例",
    "Arguments of {} (-a NAME=VALUE)": "{} 的参数（-a NAME=VALUE）",
    "Settings": "设置",
    "Exit codes": "退出码",
    "Scrapy's own: {}": "Scrapy 自己的：{}",
    "`{} COMMAND --help` tells a command's options, with examples.":
        "`{} COMMAND --help` 说明一个命令的选项，并有示例。",
    "(-s NAME=VALUE, else the environment, else finews.toml in this folder, else the default in brackets)":
        "（先看 -s NAME=VALUE，再看环境变量，再看本目录的 finews.toml，否则用方括号里的默认值）",
    # what commands do
    "Crawl a site, or what links name, into posts": "抓取网站，或链接所指的文章，写成文章文件",
    "Tell what is wrong with settings, ledger, disk and quarantine, and the cure":
        "检查设置、账本、磁盘和隔离区有什么不对，并给出办法",
    "Remove old reports, archives, versions that were no news, pictures that no post shows; put old posts aside":
        "清理旧报告、旧存档、并非消息更新的旧版文章和没有文章用到的图片；移开旧文章",
    "Export the archive as data: JSON Lines, CSV, Parquet, Obsidian, Hugo":
        "把存档导出为数据：JSON Lines、CSV、Parquet、Obsidian、Hugo",
    "Show, retry or drop what could not be made into a post": "查看、重试或放弃没能写成文章的内容",
    "Print the report of the newest run, or of the one that is named": "显示最近一次运行的报告，或指定的一次",
    "Turn saved pages into posts": "把已保存的页面变成文章",
    "Show each setting and where it came from": "显示每个设置的值和来源",
    "Move posts to where FINEWS_POST_FOLDERS has them": "把文章移到 FINEWS_POST_FOLDERS 所定的位置",
    "Make a Jekyll site of the posts": "用文章做一个 Jekyll 网站",
    "Tell which columns, lists and origins live, are dead, or blocked": "检查哪些栏目、列表和来源可用、失效或被拒绝",
    "List the articles about a security, the newest first": "列出关于一只证券的文章，新的在前",
    "Serve the archive to language models (Model Context Protocol), read only":
        "把存档提供给语言模型（Model Context Protocol），只读",
    "Find the articles that have all of the words in their title or text": "查找标题或正文里有全部词语的文章",
    "Check written posts": "检查已写的文章",
    # options
    "show this and end": "显示这份说明",
    "say only what is new or wrong": "只说新的和出错的",
    "say each article": "每篇文章说一行",
    "set spider argument (may be repeated)": "爬虫的参数（可以多次）",
    "append scraped items to the end of FILE (use - for stdout), to define format set a colon at the end of "
    "the output URI (i.e. -o FILE:FORMAT)": "把文章数据接在 FILE 末尾（- 是标准输出），格式可写成 -o FILE:FORMAT",
    "export this run's articles to FILE (or FILE:FORMAT), a new one: only a .jsonl that is there is gone on in":
        "把本次的文章数据写入新的 FILE（或 FILE:FORMAT）；已有的只有 .jsonl 会接着写",
    "remove reports older than DAYS, but for the last ten runs'": "删除早于 DAYS 天的报告，最近十次除外",
    "remove WARC files older than DAYS": "删除早于 DAYS 天的 WARC 文件",
    "move posts of articles older than DAYS to old_post/, out of the site":
        "把早于 DAYS 天的文章移到 old_post/，不再上网站",
    "remove earlier posts that gave way more than DAYS ago, and not because the source changed":
        "删除 DAYS 天前被替换、且并非因来源改动的旧版文章",
    "remove what runs on a cluster keep of pages for more than DAYS: what is needed is read again":
        "删除集群上的运行为网页保留了 DAYS 天以上的内容；需要时会重读",
    "what was there at that time, in the version of then (2025-09-23T09:30+08:00)":
        "那一时刻已有的，用当时的版本（2025-09-23T09:30+08:00）",
    "jsonl, csv, parquet, obsidian or hugo": "jsonl、csv、parquet、obsidian 或 hugo",
    "remove pictures that no post shows": "删除没有文章用到的图片",
    "only tell; alone, of all that is {} days old": "只说不做；单用时说所有满 {} 天的",
    "the whole report, as JSON; errors, too": "整份报告，用 JSON；出错也是",
    "total, seconds and hits as one object; errors, too": "用 JSON：总数、秒数和文章；出错也是",
    "only what was published on that day (YYYY-MM-DD) or later": "只要这天（YYYY-MM-DD）和以后发布的",
    "only what was published on that day or earlier": "只要这天和以前发布的",
    "only these categories": "只要这些栏目",
    "only what is about the security: symbol, secid or name": "只要关于这只证券的：代码、secid 或名称",
    "so many at most (10); 0: all": "最多这么多（10）；0：全部",
    "so many at most (0, all)": "最多这么多（0，全部）",
    "write them as an Atom feed, too, with their texts": "另存为 Atom feed，含正文",
    "write them as JSON Lines, too, in the fields of export": "另存为 JSON Lines，字段与 export 相同",
    "over HTTP, on the loopback, in place of stdio": "不用标准输入输出，而用本机回环地址上的 HTTP",
    "processes (default: one a core)": "进程数（默认每核一个）",
    "open files, too, that have not changed since a run": "自上次以来没有变的文件也打开",
    "fetch pictures and the data of charts": "取图片和画图的数据",
    "on the workers of a Dask scheduler, or local: as many processes of Dask":
        "在 Dask 调度器的工作进程上；local：用本机的 Dask 进程",
    "print an array of objects": "用 JSON 数组",
    "rebuild the ledger from the posts": "按文章重建账本",
    "print raw setting value": "只显示这个设置的值",
    "print setting value, interpreted as a boolean": "显示设置的值，当作是非",
    "print setting value, interpreted as an integer": "显示设置的值，当作整数",
    "print setting value, interpreted as a float": "显示设置的值，当作小数",
    "print setting value, interpreted as a list": "显示设置的值，当作列表",
    "log file. if omitted stderr will be used": "日志文件；不写则用标准错误",
    "log level (default: {})": "日志级别（默认 {}）",
    "disable logging completely": "完全不写日志",
    "write python cProfile stats to FILE": "把 cProfile 统计写入 FILE",
    "write process ID to FILE": "把进程号写入 FILE",
    "set/override setting (may be repeated)": "设置（可以多次）",
    "enable pdb on failure (uses ipdb if installed)": "出错时进入 pdb（装了 ipdb 就用它）",
    # examples
    "for cron: says only what is new or wrong": "给 cron 用：只说新的和出错的",
    "what would go if all that is 90 days old did": "看看满 90 天的有哪些可清理",
    "as the source site does": "与源网站一样",
    "all of it, at the next crawl": "全部，在下次抓取时",
    "all that lies in the folder, in containers, too": "目录里的一切，包括压缩包里的",
    "links to the source site stay": "指向源网站的链接不变",
    "needs the extra parquet": "需要附加包 parquet",
    "into a pipe, what was known by then": "写入管道，那时已知的",
    "a folder of notes": "一个笔记目录",
    "the output folder, against its ledger": "输出目录，与账本对照",
    "the ledger anew from the posts": "按文章重建账本",
    "all that there are": "全部",
    "into a folder a month, _posts/YYYY/MM/": "每月一个目录，_posts/YYYY/MM/",
    "and back": "再移回来",
    "at /mcp, for this machine alone": "在 /mcp，只供本机",
    # arguments of spiders
    "NAME,…: columns by slug, number or name ({}), and the rolling list (7x24)":
        "NAME,…：栏目的代号、编号或名称（{}），以及快讯（7x24）",
    "600519,00700.HK,AAPL,…: the news of these securities": "600519,00700.HK,AAPL,…：这些证券的新闻",
    "YYYY-MM-DD: only articles since that day": "YYYY-MM-DD：只要这天以来的文章",
    "YYYY-MM-DD: only posts since that day": "YYYY-MM-DD：只要这天以来的文章",
    "1: ask for everything again, known or not": "1：已知的也全部重新取",
    "1: ask again for those that are known, too": "1：已知的也重新取",
    "URL: another address of the site than {}": "URL：网站不在 {} 时的网址",
    "SLUG,…: only these categories, as the site spells them in its addresses":
        "SLUG,…：只要这些栏目，写法与网站的网址一样",
    "FILE with a link or code a line, LINK,CODE,… themselves, or - for those that come by stdin":
        "FILE 每行一个链接或编号；或直接写 LINK,CODE,…；- 从标准输入读",
    # settings
    "where everything is written": "一切写在哪里",
    "standard, or source: only what the source site did, and safety": "standard；或 source：只做源网站做的，以及安全",
    "removal rules on top of the profile's": "另外加上的清理规则",
    "removal rules taken out of it": "去掉的清理规则",
    "remote, or local: pictures are stored and the post points to them": "remote；或 local：存下图片，文章指向它们",
    "with local: the charts of past days are drawn from the K-line API": "配合 local：用 K 线数据画过去日子的图",
    "one, or month: new posts are put into _posts/YYYY/MM/; `arrange` moves those there are":
        "one；或 month：新文章放进 _posts/YYYY/MM/；已有的由 `arrange` 移动",
    "keep posts that somebody edited, or overwrite them": "有人改过的文章：keep 保留，overwrite 覆盖",
    "what is crawled is the stand-in site: its articles are kept apart from real ones":
        "抓的是演示站点：它的文章不与真实的混在一起",
    "keep every response in WARC files below archive/": "把收到的回复都存进 archive/ 的 WARC 文件",
    "where bodies are asked for, in this order": "依次到哪里取正文",
    "asked for articles whose posts name no share host": "文章没写分享主机时问它",
    "the only hosts that share links may lead to": "分享链接只许指向这些主机",
    "links of posts to the source site lead to pages of the site that `site` makes; or source":
        "own：文章里指向源网站的链接改到 `site` 所做网站的页面；或 source：不改",
    "another database than SQLite in the output folder": "不用输出目录里的 SQLite 时的数据库",
    "several crawls at once do one work together; the ledger is to be in PostgreSQL":
        "几个进程同时合做一次抓取；账本要在 PostgreSQL 里",
    "shared: seconds after which others take over what a worker has, unless it is heard of":
        "合做时：一个进程多少秒没有消息，别的进程就接过它手上的",
    "shared: articles and lists that a worker has at once": "合做时：一个进程同时拿多少篇文章和列表",
    "new list pages in one run: a site that names more of them for ever ends it":
        "一次运行的新列表页上限：免得没完没了的网站",
    "articles that lists name in one run: the same": "一次运行中列表提到的文章上限：同上",
    "the language of what is said: en, zh; else as the locale (LC_ALL, LC_MESSAGES, LANG)":
        "用什么语言说话：en、zh；不设则看 LC_ALL、LC_MESSAGES、LANG",
    "normal, quiet (-q): only what is new or wrong, verbose (-v): each article, too":
        "normal；quiet（-q）：只说新的和出错的；verbose（-v）：每篇都说",
    "a dead man's switch in healthchecks' form: asked when a run begins, told how it ended":
        "healthchecks 式的看门地址：开始时问它，结束时告诉它",
    "who hears of failures and silence, as Apprise spells it; secrets stand in it":
        "失败和没有动静时告诉谁，用 Apprise 的写法；含有机密",
    "gauges of the last run, for Prometheus": "给 Prometheus 的上次运行的指标文件",
    "the hosts are those of the stand-in world, which says so to what runs in it":
        "主机都是演示世界的；演示时由它自己设",
}  # fmt: skip
