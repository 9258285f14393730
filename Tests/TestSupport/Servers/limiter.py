"""A Flask service with one limited path, for tests of the rate limit probe.

limiter.py PORT LOG STRATEGY KEY: KEY is `address`, `forwarded` (the address that X-Forwarded-For states, through
ProxyFix) or the name of a request field. Each request adds a line to LOG.
"""

import logging
import sys

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.middleware.proxy_fix import ProxyFix

port, log, strategy, key = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]


def client():
    return get_remote_address() if key in ("address", "forwarded") else request.headers.get(key, "nobody")


app = Flask(__name__)
Limiter(
    client,
    app=app,
    default_limits=["10 per 4 second"],
    headers_enabled=True,
    strategy=strategy,
    storage_uri="memory://",
)


@app.get("/")
def index():
    return "ok"


inner = app.wsgi_app


def counted(environ, start_response):
    with open(log, "a") as file:
        file.write(environ["PATH_INFO"] + "\n")
    return inner(environ, start_response)


app.wsgi_app = ProxyFix(counted, x_for=1) if key == "forwarded" else counted
logging.getLogger("werkzeug").setLevel(logging.ERROR)
app.run(host="127.0.0.1", port=port, threaded=True)
