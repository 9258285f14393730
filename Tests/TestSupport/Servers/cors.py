"""Services with CORS, for tests of the CORS probe.

cors.py PORT LOG CERTIFICATE KEY SETUP: serves HTTPS on 127.0.0.1; SETUP is `flask` or `starlette` and the options of
flask_cors.CORS or of Starlette's CORSMiddleware, as a Python dictionary. Each request adds a line to LOG.
"""

import ast
import sys

port, log, certificate, key, library = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5]
options = ast.literal_eval(sys.argv[6])


def note(method, origin):
    with open(log, "a", encoding="utf-8") as file:
        file.write(f"{method} {origin}\n")


def flask():
    from flask import Flask
    from flask_cors import CORS
    from werkzeug.serving import WSGIRequestHandler, run_simple

    app = Flask(__name__)
    CORS(app, **options)

    @app.get("/")
    def index():
        return "ok"

    inner = app.wsgi_app

    def noting(environ, start_response):
        note(environ["REQUEST_METHOD"], environ.get("HTTP_ORIGIN"))
        return inner(environ, start_response)

    app.wsgi_app = noting
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    run_simple("127.0.0.1", port, app, threaded=True, ssl_context=(certificate, key))


def starlette():
    import uvicorn
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    async def index(request):
        return PlainTextResponse("ok")

    inner = Starlette(routes=[Route("/", index)], middleware=[Middleware(CORSMiddleware, **options)])

    async def app(scope, receive, send):
        if scope["type"] == "http":
            note(scope["method"], dict(scope["headers"]).get(b"origin"))
        await inner(scope, receive, send)

    uvicorn.run(
        app, host="127.0.0.1", port=port, ssl_certfile=certificate, ssl_keyfile=key, log_level="error", lifespan="off"
    )


{"flask": flask, "starlette": starlette}[library]()
