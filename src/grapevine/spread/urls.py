"""The addresses of spread."""

from grapevine.spread.views import (
    audiences,
    cascades,
    forecasts,
    matters,
    networks,
    pictures,
    removed,
    simulations,
    tie_files,
)

app_name = "spread"
urlpatterns = [
    *networks.urlpatterns,
    *cascades.urlpatterns,
    *simulations.urlpatterns,
    *tie_files.urlpatterns,
    *audiences.urlpatterns,
    *pictures.urlpatterns,
    *matters.urlpatterns,
    *forecasts.urlpatterns,
    *removed.urlpatterns,
]
