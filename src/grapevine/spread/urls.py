"""The addresses of spread."""

from grapevine.spread.views import audiences, networks, simulations

app_name = "spread"
urlpatterns = [
    *networks.urlpatterns,
    *simulations.urlpatterns,
    *audiences.urlpatterns,
]
