"""The addresses of spread."""

from grapevine.spread.views import audiences, matters, networks, pictures, simulations

app_name = "spread"
urlpatterns = [
    *networks.urlpatterns,
    *simulations.urlpatterns,
    *audiences.urlpatterns,
    *pictures.urlpatterns,
    *matters.urlpatterns,
]
