"""The addresses of people."""

from grapevine.people.views import contact, joining, notes, persons, promises, purchases, whole

app_name = "people"
urlpatterns = [
    *promises.urlpatterns,
    *purchases.urlpatterns,
    *persons.urlpatterns,
    *notes.urlpatterns,
    *contact.urlpatterns,
    *joining.urlpatterns,
    *whole.urlpatterns,
]
