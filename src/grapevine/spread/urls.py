"""The addresses of spread."""

from grapevine.spread.views import networks

app_name = "spread"
urlpatterns = [
    *networks.urlpatterns,
]
