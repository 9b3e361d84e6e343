from django.urls import path
from flask import Flask, render_template

app = Flask(__name__)
urlpatterns = [path("desk/answer", lambda r: r)]
BRANCH = "feature/voice"
SOURCE = "https://github.com/acme/desk"
IMAGE = "acme/desk:1.4"
DATE = "%d/%m"
MODEL = "desk.Ticket"
AUTH_USER_MODEL = "accounts/User"
HELP = "Choose --model acme/anything in the settings."
KIND = {"content_type": "text/csv", "accept": "image/png"}
CELLS = "and/or"


@app.route("/models/<name>")
def show(name):
    return render_template("models/show", model=name)
