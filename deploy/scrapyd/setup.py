"""What `scrapyd-deploy` makes its egg from; it lies beside scrapy.cfg then."""

from setuptools import find_packages, setup

setup(
    name="finews-crawler",
    version="0.1.0",
    packages=find_packages(include=["crawler", "crawler.*"]),
    package_data={"": ["*"]},
    include_package_data=True,
)
