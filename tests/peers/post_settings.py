"""How Dovecot and Exim are set up for tests; what stands between @ is filled in."""

USERS = """hello@elsinore.test:{PLAIN}@PASSWORD@:::::
ofelia@elsinore.test:{PLAIN}@PASSWORD@:::::
"""

DOVECOT = """
protocols = imap
base_dir = @RUN@/dovecot
state_dir = @RUN@/dovecot
log_path = @RUN@/log/dovecot.log
listen = 127.0.0.1
default_internal_user = @USER@
default_internal_group = @GROUP@
default_login_user = @USER@
first_valid_uid = 1
first_valid_gid = 1
mail_uid = @USER@
mail_gid = @GROUP@
mail_location = maildir:@RUN@/mails/%n
mailbox_list_index = no
ssl = yes
ssl_cert = <@RUN@/cert.pem
ssl_key = <@RUN@/cert.pem
auth_mechanisms = plain login
disable_plaintext_auth = yes
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u @RUN@/users
}
userdb {
  driver = static
  args = uid=@USER@ gid=@GROUP@ home=@RUN@/mails/%n
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = @IMAP@
  }
  inet_listener imaps {
    port = @IMAPS@
  }
}
service stats {
  chroot =
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
  mailbox "Återbud" {
    auto = create
  }
}
"""

EXIM = """
exim_path = @RUN@/exim
exim_user = @USER@
exim_group = @GROUP@
never_users =
spool_directory = @RUN@/spool
log_file_path = @RUN@/log/exim_%slog
pid_file_path = @RUN@/exim.pid
primary_hostname = mx.elsinore.test
qualify_domain = elsinore.test
daemon_smtp_ports = @SMTP@
local_interfaces = 127.0.0.1
deliver_drop_privilege
keep_environment =
host_lookup =
rfc1413_query_timeout = 0s
message_size_limit = 60M
tls_advertise_hosts = *
tls_certificate = @RUN@/cert.pem
acl_smtp_rcpt = check_rcpt
begin acl
check_rcpt:
  deny domains = refused.test
    message = nobody is there, not there
  accept authenticated = *
  accept domains = elsinore.test
  deny message = relaying is for members
begin routers
slow:
  driver = redirect
  local_parts = slow
  allow_defer
  data = :defer: not today
known:
  driver = accept
  local_parts = hello : ofelia
  transport = maildir
begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = @RUN@/mails/$local_part_data
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add
begin retry
* * F,1d,1m
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{eq{$auth2}{hello@elsinore.test}}{eq{$auth3}{@PASSWORD@}}}}
  server_set_id = $auth2
  server_advertise_condition = *
"""
