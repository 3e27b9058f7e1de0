"""Addresses of signing in, of settings and of the house."""

from __future__ import annotations

from django.urls import path

from grapevine.core.views import house, own, signing_in, users

app_name = "core"
urlpatterns = [
    path("sign-in", signing_in.sign_in, name="sign-in"),
    path("sign-out", signing_in.sign_out, name="sign-out"),
    path("set-up", signing_in.set_up, name="set-up"),
    path("password/<str:uid>/<str:token>", signing_in.choose_password, name="choose-password"),
    path("settings/you", own.own, name="own-settings"),
    path("settings/you/password", own.password, name="own-password"),
    path("settings/you/tokens", own.create_token, name="token-create"),
    path("settings/you/tokens/<int:token_id>/revoke", own.revoke_token, name="token-revoke"),
    path("settings/users", users.everybody, name="users"),
    path("settings/users/add", users.add, name="user-add"),
    path("settings/users/<int:user_id>/role", users.role, name="user-role"),
    path("settings/users/<int:user_id>/close", users.close, name="user-close"),
    path("settings/users/<int:user_id>/reopen", users.reopen, name="user-reopen"),
    path("settings/users/<int:user_id>/link", users.link, name="user-link"),
    path("settings/audit", house.deeds, name="audit"),
    path("settings/installation", house.settings_for_all, name="installation"),
    path("jobs", house.jobs, name="jobs"),
    path("jobs/<int:job_id>/cancel", house.cancel_job, name="job-cancel"),
    path("jobs/<int:job_id>/retry", house.retry_job, name="job-retry"),
]
