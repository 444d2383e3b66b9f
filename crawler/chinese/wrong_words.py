"""What is answered to wrong words, settings, folders and ledgers, in Chinese."""

from typing import Final

WRONG_WORDS: Final[dict[str, str]] = {
    # wrong words and settings
    "did you mean {}?": "是不是 {}？",
    "none is like it.": "没有相近的。",
    "there is no command {}: {}": "没有 {} 这个命令：{}",
    "there is no option {}: {}": "没有 {} 这个选项：{}",
    "there is no spider {}: {}": "没有 {} 这个爬虫：{}",
    "there is no setting {}: {}": "没有 {} 这个设置：{}",
    "unknown argument {}: {} There are {}": "没有 {} 这个参数：{}可用的有 {}",
    "name one spider: {} crawl finews": "请给出一个爬虫：{} crawl finews",
    "{} is there already, and an export holds what one run made: give another name":
        "{} 已经存在，而一次导出只含一次运行的内容：请换个名字",
    "argument {}: invalid int value: {}": "选项 {}：{} 不是整数",
    "argument {}: expected one argument": "选项 {}：后面要有一个值",
    "a word is empty: a variable that is not set?": "有一个词是空的：是不是变量没有设？",
    "{} is empty: a variable that is not set?": "{} 是空的：是不是变量没有设？",
    "LOG_LEVEL={}: say {}": "LOG_LEVEL={}：应为 {} 之一",
    "LOG_FORMAT={}: say json, or a format of Python's logging": "LOG_FORMAT={}：应为 json，或 Python logging 的格式",
    "LOG_FILE: cannot write {}: {}": "LOG_FILE：不能写 {}：{}",
    "HTTPCACHE_ENABLED=1 has lists as they once were, and nothing new is seen: say {}, too":
        "HTTPCACHE_ENABLED=1 只给出列表当时的样子，看不到新文章：还要写 {}",
    "Invalid -a value, use -a NAME=VALUE": "-a 的写法不对，应为 -a NAME=VALUE",
    "Invalid -s value, use -s NAME=VALUE": "-s 的写法不对，应为 -s NAME=VALUE",
    "doctor takes no arguments": "doctor 没有参数",
    "sources takes no names: {}": "sources 后面不写名字：{}",
    "say what: {}; --dry-run tells": "请说明清理什么：{}；--dry-run 只说不做",
    "DAYS is a number of days, 0 or more": "DAYS 是天数，0 或更大",
    "say list, retry or drop": "请用 list、retry 或 drop",
    "say list, retry or drop: {}": "请用 list、retry 或 drop：{}",
    "not in quarantine: {}": "不在隔离区：{}",
    "name the entries to drop": "请给出要放弃的条目",
    "name one run": "请给出一次运行",
    "name at least one file or folder": "请至少给出一个文件或目录",
    "--workers {}: at least one is needed": "--workers {}：至少要有一个",
    "--workers {}: at most {} of them are of use here": "--workers {}：在这台机器上最多 {} 个有用",
    "no such file or folder: {}": "没有这个文件或目录：{}",
    "no such folder: {}": "没有这个目录：{}",
    "{} is one word too many: say --get NAME for one setting": "多了一个词 {}：看一个设置用 --get NAME",
    "FINEWS_OUTPUT_DIR={}: no ? may be in the path, nor a name that is not UTF-8":
        "FINEWS_OUTPUT_DIR={}：路径里不能有 ?，名称必须是 UTF-8",
    "FINEWS_OUTPUT_DIR is empty: name a folder": "FINEWS_OUTPUT_DIR 是空的：请给出一个目录",
    "FINEWS_KLINE_CHARTS draws pictures that are stored: set FINEWS_KLINE_IMAGES=local, too":
        "FINEWS_KLINE_CHARTS 画的是存下来的图：还要设 FINEWS_KLINE_IMAGES=local",
    "FINEWS_VERBOSITY={}: say {}": "FINEWS_VERBOSITY={}：应为 {} 之一",
    "FINEWS_LANG={}: say en or zh": "FINEWS_LANG={}：应为 en 或 zh",
    "FINEWS_SITE_LINKS={}: say own or source": "FINEWS_SITE_LINKS={}：应为 own 或 source",
    "FINEWS_POST_FOLDERS={}: say one or month": "FINEWS_POST_FOLDERS={}：应为 one 或 month",
    "arrange takes no arguments": "arrange 不带参数",
    "FINEWS_EDITED={}: say keep or overwrite": "FINEWS_EDITED={}：应为 keep 或 overwrite",
    "FINEWS_KLINE_IMAGES={}: say remote or local": "FINEWS_KLINE_IMAGES={}：应为 remote 或 local",
    "FINEWS_ORIGINS: there is no origin {}: {} There are {}": "FINEWS_ORIGINS：没有 {} 这个来源：{}可用的有 {}",
    "no cleaning profile {}: there are {}": "没有 {} 这种清理方式：可用的有 {}",
    "no cleaning rule {}: there are {}": "没有 {} 这条清理规则：可用的有 {}",
    "{}={}: say 1 or 0": "{}={}：应为 1 或 0",
    "{}={}: say a number, 1 or more": "{}={}：应为数字，1 或更大",
    "{}={}: say the name of a host alone, as {}": "{}={}：只写主机名，如 {}",
    "{} is no address of a proxy: write it as http://host:port": "{} 不是代理地址：应写成 http://host:port",
    "finews.toml: {}": "finews.toml：{}",
    "[{}] is none of its tables: settings stand by their full names, below no heading":
        "[{}] 不是它的表：设置要写全名，不放在任何表下",
    "{} is no TOML: {}": "{} 不是 TOML：{}",
    "{} is of the wrong kind: {}": "{} 的值类型不对：{}",
    "say text, in quotes": "应为带引号的文字",
    "say true or false": "应为 true 或 false",
    "say a number": "应为数字",
    'say a list of texts, as ["one", "two"]': '应为文字的列表，如 ["one", "two"]',
    "FINEWS_NOTIFY: of its addresses Apprise knows {}, and not the others":
        "FINEWS_NOTIFY：其中 Apprise 只认得 {} 个地址",
    "FINEWS_NOTIFY needs Apprise: install the extra `notify`": "FINEWS_NOTIFY 需要 Apprise：请安装附加项 `notify`",
    "FINEWS_PING_URL is no http or https address": "FINEWS_PING_URL 不是 http 或 https 地址",
    # arguments of spiders
    "column={}: there is no such column: {}": "column={}：没有这个栏目：{}",
    "stock={}: no security is written so: did you mean one like {}? ({})":
        "stock={}：证券不这样写：是不是像 {} 这样？（{}）",
    "no list: say column=NAME,… (cgnjj, 350, 国内经济, 7x24) or stock=600519,00700.HK,AAPL,…":
        "没有给出列表：请写 column=NAME,…（cgnjj、350、国内经济、7x24）或 stock=600519,00700.HK,AAPL,…",
    "start={} is not an http or https address": "start={} 不是 http 或 https 地址",
    "since={} is not a day: write it as YYYY-MM-DD": "since={} 不是日期：应写成 YYYY-MM-DD",
    "category={}: the site has no such list;{} there are {}": "category={}：网站没有这个列表；{}有 {}",
    " did you mean {}?": "是不是 {}？",
    "links={}: no such file, and neither a link of an article nor a code":
        "links={}：没有这个文件，也不是文章的链接或编号",
    "no links: say links=FILE, links=LINK,CODE,… or links=- for those that come by stdin":
        "没有给出链接：请写 links=FILE、links=LINK,CODE,… 或 links=-（从标准输入读）",
    "links={}: {}": "links={}：{}",
    # folders of sites
    "name one folder for the site": "请给出一个放网站的目录",
    "there are no posts in {}: FINEWS_OUTPUT_DIR names the folder of a crawl":
        "{} 里没有文章：FINEWS_OUTPUT_DIR 是抓取的目录",
    "{} is no folder": "{} 不是目录",
    "{} lies in {}: a site stands beside it, or around it": "{} 在 {} 里面：网站要放在它旁边或外面",
    # the archive as data
    "name one file, or - for standard output": "请给出一个文件，或用 - 表示标准输出",
    "--as {}: {} ({})": "--as {}：{}（{}）",
    "--as {} makes a folder: name one": "--as {} 生成的是目录：请给出一个目录",
    "{} needs the extra {}: pip install 'finews-crawler[{}]'": "{} 需要附加包 {}：pip install 'finews-crawler[{}]'",
    "{} is a folder: name a file": "{} 是目录：请给出一个文件",
    "{} holds something else than an export: name another folder": "{} 里不是导出的东西：请另给一个目录",
    "{} holds something else than an export, {}: name another folder": "{} 里有不是导出的东西：{}，请另给一个目录",
    "--as-of {} is taken for Beijing time: {}": "--as-of {} 按北京时间算：{}",
    # output folder and ledger
    "another run holds the lock on {}: wait for it to end": "另一次运行正占用 {}：请等它结束",
    "another crawl is open, by {}: wait for it to end": "另一次抓取尚未结束（{}）：请等它结束",
    "the crawl that is open has other settings, or is of another version": "尚未结束的那次抓取设置不同，或版本不同",
    "{} is not the folder of the crawl that is open: all of its workers need the same one":
        "{} 不是尚未结束的那次抓取的目录：其所有进程须用同一个目录",
    "FINEWS_SHARED hands out work by PostgreSQL: set FINEWS_LEDGER_URL=postgresql+psycopg://…":
        "FINEWS_SHARED 由 PostgreSQL 分派工作：请设 FINEWS_LEDGER_URL=postgresql+psycopg://…",
    "cannot write below {}: {}": "不能写入 {}：{}",
    "cannot look at all: {}": "有的地方看不了：{}",
    "{} holds the invented articles of `make crawl`: {} ({})": "{} 里是 `make crawl` 的虚构文章：{}（{}）",
    "{} holds articles that `make crawl` did not invent: {}": "{} 里的文章不是 `make crawl` 虚构的：{}",
    "`rm -rf {}/*` clears it": "`rm -rf {}/*` 可以清空它",
    "FINEWS_INVENTED=1 takes in more of them": "FINEWS_INVENTED=1 则继续收虚构的",
    "FINEWS_LEDGER_URL: invented articles and real ones share no ledger: name another":
        "FINEWS_LEDGER_URL：虚构的与真实的文章不能共用一个账本：请另给一个",
    "FINEWS_LEDGER_URL={}: {}": "FINEWS_LEDGER_URL={}：{}",
    "FINEWS_LEDGER_URL cannot be reached: {}": "FINEWS_LEDGER_URL 连不上：{}",
    "no ledger can be there": "那里存不了账本",
    "{}: a ledger is kept in sqlite:///FILE or, with the extra `postgres`, in postgresql+psycopg://…":
        "{}：账本只能存在 sqlite:///FILE 里，或在装有附加项 `postgres` 时存在 postgresql+psycopg://… 里",
    "the ledger {}: `{} verify --rebuild` puts it aside and makes a new one":
        "账本 {}：`{} verify --rebuild` 把它放到一边，重建一个",
    "{}is damaged ({})": "{}损坏（{}）",
    "{}has schema {}, this version knows {} (upgrade)": "{}的结构版本是 {}，本程序只到 {}（请升级）",
    "{} is no name of a run: they look like 20220114T050246Z-6690":
        "{} 不是运行的名字：它像 20220114T050246Z-6690 这样",
    "{} is no report of a run": "{} 不是运行的报告",
    "no report of any run in {}": "{} 里没有任何运行的报告",
    "no report of a run {} in {}": "没有运行 {} 的报告，在 {}",
    "{} cannot be read: {}": "{} 读不了：{}",
    "{}: not told ({})": "{}：没有告知（{}）",
    "FINEWS_NOTIFY: what is quiet is not known: {}": "FINEWS_NOTIFY：不知道哪里没有动静：{}",
    "cannot read {}: {}": "不能读 {}：{}",
    "cannot write {}": "不能写 {}",
    "cannot write {}: {}": "不能写 {}：{}",
    "cannot write standard output: {}": "不能写标准输出：{}",
    # asking the archive
    "say at least one word to search for": "请给出至少一个要查找的词",
    "--limit is a number of articles, 0 for all": "--limit 是文章的篇数，0 表示全部",
    "--atom and --jsonl cannot both go to standard output: name a file for one":
        "--atom 和 --jsonl 不能都写到标准输出：请给其中一个起文件名",
    "since {} is after until {}: no day is between them": "since {} 晚于 until {}：两者之间没有日子",
    "no article is of the category {}: {}": "没有 {} 这个栏目的文章：{}",
    "no article is about {}: {}": "没有关于 {} 的文章：{}",
    "{}: no day is written so: say YYYY-MM-DD": "{}：日期不这样写：请写成 YYYY-MM-DD",
    "{}: no time is written so: say 2025-09-23T09:30+08:00": "{}：时间不这样写：请写成 2025-09-23T09:30+08:00",
    "the index {} cannot be written ({}): one in memory is asked": "索引 {} 不能写（{}）：改用内存中的",
    "name one security: a symbol, a secid or a name": "请给出一只证券：代码、secid 或名称",
    "mcp takes no names: {}": "mcp 不带名称：{}",
    "mcp needs the SDK of the protocol: pip install 'finews-crawler[mcp]'":
        "mcp 需要协议的 SDK：pip install 'finews-crawler[mcp]'",
    "--http {}: say an address of this machine's loopback, as 127.0.0.1:8000 or [::1]:8000":
        "--http {}：请给出本机的回环地址，如 127.0.0.1:8000 或 [::1]:8000",
    "--http: cannot listen at port {}: {}": "--http：不能在端口 {} 监听：{}",
    "found {}, shown {}": "找到 {} 篇，列出 {} 篇",
    "a worker died (killed, out of memory?): run again to go on, with fewer --workers":
        "一个工作进程死了（被杀？内存不足？）：减少 --workers，再运行一次就会继续",
    "files were changed while they were read: run again to go on": "读的时候文件变了：再运行一次就会继续",
    "--dask {}: {}": "--dask {}：{}",
    "--online asks politely, from one process: not with --dask": "--online 由一个进程礼貌地取，不能与 --dask 同用",
    "--workers goes with --dask local: a cluster has its own":
        "--workers 只能与 --dask local 同用：集群有自己的工作进程",
    "no Dask scheduler is at {}: does it run there?": "{} 没有 Dask 调度器：它在那里运行吗？",
    "the Dask scheduler at {} has no worker": "{} 的 Dask 调度器没有工作进程",
    "the Dask scheduler at {} lost its workers: run again to go on":
        "{} 的 Dask 调度器失去了工作进程：再运行一次就会继续",
    "the Dask scheduler at {} is gone: run again to go on": "{} 的 Dask 调度器没了：再运行一次就会继续",
    "a Dask worker cannot do it ({}): this project must be installed where it runs":
        "一个 Dask 工作进程做不了（{}）：它运行的地方必须装有本项目",
    "the worker on {} does not see {}: it must be there under the same path":
        "{} 上的工作进程看不到 {}：那里必须有同样的路径",
    "the worker on {} runs another version of this project": "{} 上的工作进程运行的是本项目的另一个版本",
    "this needs what only POSIX has: on Windows, run it in WSL 2": "这要用到 POSIX 才有的东西：在 Windows 上请用 WSL 2",
}  # fmt: skip
