"""The practice office: a small back-office web application in which a robot can work.

Nothing in it knows of the library that the robot uses: a robot sees what a clerk sees, pages in a browser.
"""
