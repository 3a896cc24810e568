"""Who gets which answer at which address: one row per address and method, written out.

The columns are signed out, agent, SME, captain, manager, SME of another program, member of none,
the site's admin. HEAD answers as GET does; a method that has no row is refused (405) to everybody.
Nothing is sent along, so that 409, 422 and 428 mean: let in, but this says nothing yet.
"""

TABLE = """
account_change_password                 GET  302 200 200 200 200 200 200 200
                                        POST 302 422 422 422 422 422 422 422
account_inactive                        GET  200 200 200 200 200 200 200 200
account_login                           GET  200 302 302 302 302 302 302 302
                                        POST 422 302 302 302 302 302 302 302
account_logout                          GET  302 200 200 200 200 200 200 200
                                        POST 302 302 302 302 302 302 302 302
account_reset_password                  GET  200 200 200 200 200 200 200 200
                                        POST 422 422 422 422 422 422 422 422
account_reset_password_done             GET  200 200 200 200 200 200 200 200
account_reset_password_from_key         GET  200 200 200 200 200 200 200 200
                                        POST 422 422 422 422 422 422 422 422
account_reset_password_from_key_done    GET  200 200 200 200 200 200 200 200
admin/(?P<url>.*)$                      GET  302 302 302 302 302 302 302 404
                                        POST 302 302 302 302 302 302 302 404
admin/people/client/<path:object_id>/   GET  302 302 302 302 302 302 302 302
                                        POST 302 302 302 302 302 302 302 302
admin/people/program/<path:object_id>/  GET  302 302 302 302 302 302 302 302
                                        POST 302 302 302 302 302 302 302 302
admin:app_list                          GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:autocomplete                      GET  302 302 302 302 302 302 302 403
                                        POST 302 302 302 302 302 302 302 405
admin:index                             GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:jsi18n                            GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 405
admin:login                             GET  302 403 403 403 403 403 403 302
                                        POST 302 403 403 403 403 403 403 302
admin:logout                            GET  302 302 302 302 302 302 302 302
                                        POST 302 302 302 302 302 302 302 302
admin:password_change                   GET  302 302 302 302 302 302 302 302
                                        POST 302 302 302 302 302 302 302 302
admin:password_change_done              GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 405
admin:people_client_add                 GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_client_change              GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_client_changelist          GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_client_delete              GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_client_history             GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_program_add                GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_program_change             GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_program_changelist         GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_program_delete             GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:people_program_history            GET  302 302 302 302 302 302 302 200
                                        POST 302 302 302 302 302 302 302 200
admin:view_on_site                      GET  302 302 302 302 302 302 302 404
                                        POST 302 302 302 302 302 302 302 404
agent_edit                              GET  302 403 403 403 200 404 404 404
                                        POST 302 403 403 403 422 404 404 404
agent_leave                             POST 302 403 403 403 302 404 404 404
agent_return                            POST 302 403 403 403 302 404 404 404
agent_row                               GET  302 403 403 403 200 404 404 404
agents                                  GET  302 403 200 200 200 404 404 404
board                                   GET  302 403 200 200 200 404 404 404
calibration                             GET  302 403 200 200 302 404 404 404
call_now                                GET  302 403 200 200 200 404 404 404
captain_appoint                         POST 302 403 403 403 422 404 404 404
captain_end                             POST 302 403 403 403 302 404 404 404
client_contact                          GET  302 403 403 403 200 404 404 404
                                        POST 302 403 403 403 422 404 404 404
client_contact_remove                   POST 302 403 403 403 428 404 404 404
client_contacts                         GET  302 403 403 403 200 404 404 404
                                        POST 302 403 403 403 422 404 404 404
contact_add                             POST 302 403 403 403 422 404 404 404
contact_edit                            GET  302 403 403 403 200 404 404 404
                                        POST 302 403 403 403 422 404 404 404
contact_remove                          POST 302 403 403 403 302 404 404 404
contact_restore                         POST 302 403 403 403 302 404 404 404
contact_verify                          POST 302 403 403 403 302 404 404 404
effects                                 GET  302 403 200 200 200 404 404 404
export_csv                              GET  302 403 200 200 200 404 404 404
export_xlsx                             GET  302 403 200 200 200 404 404 404
favicon.ico                             GET  301 301 301 301 301 301 301 301
                                        POST 301 301 301 301 301 301 301 301
feedback                                GET  302 403 200 200 200 404 404 404
feedback_back                           POST 302 403 428 428 428 404 404 404
feedback_give                           GET  302 403 200 200 200 404 404 404
                                        POST 302 403 428 428 428 404 404 404
feedback_slip                           GET  302 403 200 200 200 404 404 404
feedback_waive                          POST 302 403 428 428 428 404 404 404
follow_up                               GET  302 403 200 200 200 404 404 404
                                        POST 302 403 428 428 428 404 404 404
follow_up_back                          POST 302 403 428 428 428 404 404 404
follow_ups                              GET  302 403 200 200 200 404 404 404
forwarding                              GET  302 403 403 403 200 404 404 404
forwarding_give                         POST 302 403 403 403 409 404 404 404
forwarding_write                        POST 302 403 403 403 409 404 404 404
healthz                                 GET  200 200 200 200 200 200 200 200
here                                    GET  200 200 200 200 200 200 200 200
home                                    GET  302 302 302 302 200 302 200 200
import                                  GET  302 403 403 200 200 404 404 404
import_confirm                          POST 302 403 403 428 428 404 404 404
import_decide                           POST 302 403 403 428 428 404 404 404
import_discard                          POST 302 403 403 302 302 404 404 404
import_rejected                         GET  302 403 403 200 200 404 404 404
import_remap                            POST 302 403 403 428 428 404 404 404
import_resume                           POST 302 403 403 409 409 404 404 404
import_undo                             POST 302 403 403 409 409 404 404 404
imports                                 GET  302 403 403 200 200 404 404 404
                                        POST 302 403 403 422 422 404 404 404
inbox                                   GET  302 200 200 200 200 200 200 200
inbox_open                              POST 302 404 302 404 404 404 404 404
inbox_read                              POST 302 302 302 302 302 302 302 302
invitation_again                        POST 302 403 403 403 302 404 404 404
invitation_link                         POST 302 403 403 403 200 404 404 404
invitation_revoke                       POST 302 403 403 403 302 404 404 404
invite                                  POST 302 403 403 403 422 404 404 404
join                                    GET  404 404 404 404 404 404 404 404
                                        POST 404 404 404 404 404 404 404 404
known                                   GET  302 403 200 200 200 404 404 404
known_use                               POST 302 403 404 404 404 404 404 404
letter                                  GET  302 403 403 403 200 404 404 404
                                        POST 302 403 403 403 422 404 404 404
letter_again                            POST 302 403 403 403 428 404 404 404
letter_discard                          POST 302 403 403 403 428 404 404 404
letter_extend                           POST 302 403 403 403 422 404 404 404
letter_pack                             GET  302 403 403 403 200 404 404 404
letter_preview                          GET  302 403 403 403 200 404 404 404
letter_recall                           POST 302 403 403 403 428 404 404 404
letter_record                           POST 302 403 403 403 422 404 404 404
letter_send                             POST 302 403 403 403 428 404 404 404
letter_xlsx                             GET  302 403 403 403 200 404 404 404
letters                                 GET  302 403 403 403 200 404 404 404
line                                    GET  302 403 200 200 200 404 404 404
                                        POST 302 403 428 428 428 404 404 404
line_call                               GET  302 403 200 200 200 404 404 404
                                        POST 302 403 404 404 404 404 404 404
line_close                              POST 302 403 428 428 428 404 404 404
line_edit                               GET  302 403 302 302 302 404 404 404
line_masked                             POST 302 403 403 302 302 404 404 404
line_row                                GET  302 403 302 302 302 404 404 404
line_topic                              GET  302 403 200 200 200 404 404 404
                                        POST 302 403 422 422 422 404 404 404
line_undo                               POST 302 403 428 428 428 404 404 404
line_void                               GET  302 403 403 302 302 404 404 404
                                        POST 302 403 403 409 409 404 404 404
log                                     GET  302 403 200 200 200 404 404 404
                                        POST 302 403 422 422 422 404 404 404
log_print                               GET  302 403 200 200 200 404 404 404
mail                                    GET  302 403 403 403 200 404 404 404
mail_again                              POST 302 403 403 403 302 404 404 404
mail_let_go                             POST 302 403 403 403 302 404 404 404
member_roles                            POST 302 403 403 403 428 404 404 404
my_feedback                             GET  302 200 403 403 403 404 404 404
my_feedback_answer                      POST 302 428 403 403 403 404 404 404
notification_choices                    POST 302 302 302 302 302 302 302 302
offline                                 GET  200 200 200 200 200 200 200 200
pack                                    GET  302 403 403 403 200 404 404 404
pack_xlsx                               GET  302 403 403 403 200 404 404 404
people                                  GET  302 403 403 403 200 404 404 404
practice                                GET  302 200 200 200 200 404 404 404
practice_acknowledge                    POST 302 302 302 302 302 404 404 404
practice_edit                           GET  302 403 403 302 302 404 404 404
                                        POST 302 403 403 428 403 404 404 404
practice_effect                         GET  302 403 200 200 200 404 404 404
practice_effect_csv                     GET  302 403 409 409 409 404 404 404
practice_effect_xlsx                    GET  302 403 409 409 409 404 404 404
practice_from_letter                    GET  302 403 403 403 404 404 404 404
                                        POST 302 403 403 403 404 404 404 404
practice_new                            GET  302 403 403 200 200 404 404 404
                                        POST 302 403 403 422 422 404 404 404
practice_publish                        POST 302 403 403 428 403 404 404 404
practice_retire                         POST 302 403 403 428 428 404 404 404
practices                               GET  302 200 200 200 200 404 404 404
practices_export                        GET  302 403 200 200 200 404 404 404
practices_guide                         GET  302 200 200 200 200 404 404 404
practices_import                        POST 302 403 403 302 302 404 404 404
preferences                             GET  302 200 200 200 200 200 200 200
                                        POST 302 302 302 302 302 302 302 302
quick_text                              POST 302 403 403 428 428 404 404 404
quick_texts                             GET  302 403 403 200 200 404 404 404
                                        POST 302 403 403 422 422 404 404 404
reply                                   GET  404 404 404 404 404 404 404 404
                                        POST 404 404 404 404 404 404 404 404
reply_other                             GET  404 404 404 404 404 404 404 404
                                        POST 404 404 404 404 404 404 404 404
roster_add                              POST 302 403 403 403 422 404 404 404
roster_paste                            POST 302 403 403 403 422 404 404 404
report                                  GET  302 403 200 200 200 404 404 404
report_csv                              GET  302 403 200 200 200 404 404 404
report_definitions                      GET  302 403 200 200 200 404 404 404
report_pack                             GET  302 403 200 200 200 404 404 404
report_pack_xlsx                        GET  302 403 200 200 200 404 404 404
report_packs                            GET  302 403 200 200 200 404 404 404
report_view                             GET  302 403 302 302 302 404 404 404
                                        POST 302 403 428 428 428 404 404 404
report_views                            GET  302 403 200 200 200 404 404 404
                                        POST 302 403 422 422 422 404 404 404
report_xlsx                             GET  302 403 200 200 200 404 404 404
reports                                 GET  302 403 200 200 200 404 404 404
service_worker                          GET  200 200 200 200 200 200 200 200
session                                 GET  302 403 200 200 200 404 404 404
session_again                           POST 302 403 403 409 403 404 404 404
session_answer                          GET  302 403 302 302 403 404 404 404
                                        POST 302 403 409 409 403 404 404 404
session_ask                             POST 302 403 403 422 403 404 404 404
session_attendance                      POST 302 403 403 428 403 404 404 404
session_cancel                          POST 302 403 403 428 403 404 404 404
session_conclude                        POST 302 403 403 428 403 404 404 404
session_groups                          POST 302 403 403 302 403 404 404 404
session_minutes                         GET  302 403 200 200 200 404 404 404
session_new                             GET  302 403 403 200 403 404 404 404
                                        POST 302 403 403 422 403 404 404 404
session_practice                        POST 302 403 403 409 403 404 404 404
session_prepare                         GET  302 403 403 302 403 404 404 404
                                        POST 302 403 403 422 403 404 404 404
session_remind                          POST 302 403 403 428 403 404 404 404
session_reveal                          POST 302 403 403 428 403 404 404 404
session_ruling                          POST 302 403 403 422 403 404 404 404
sessions                                GET  302 403 200 200 200 404 404 404
start                                   GET  302 200 200 200 200 404 404 404
start_learning                          GET  302 403 200 200 200 404 404 404
start_read                              POST 302 302 302 302 302 404 404 404
topic                                   GET  302 403 200 200 200 404 404 404
                                        POST 302 403 403 422 403 404 404 404
topic_accept                            POST 302 403 403 422 403 404 404 404
topic_merge                             POST 302 403 403 422 403 404 404 404
topic_proposals                         GET  302 403 302 302 302 404 404 404
                                        POST 302 403 403 302 403 404 404 404
topic_rename                            POST 302 403 403 422 403 404 404 404
topic_steps                             GET  302 403 200 200 200 404 404 404
topic_suggestions                       GET  302 403 302 302 302 404 404 404
topic_undo                              POST 302 403 403 302 403 404 404 404
topics                                  GET  302 403 200 200 200 404 404 404
                                        POST 302 403 403 422 403 404 404 404
topics_find                             GET  302 403 200 200 200 404 404 404
unresolved_alike                        GET  302 403 403 403 200 404 404 404
usersessions_list                       GET  302 200 200 200 200 200 200 200
                                        POST 302 302 302 302 302 302 302 302
volume_hour                             GET  302 403 403 403 200 404 404 404
                                        POST 302 403 403 403 422 404 404 404
volumes                                 GET  302 403 200 200 200 404 404 404
                                        POST 302 403 403 403 422 404 404 404
volumes_csv                             GET  302 403 200 200 200 404 404 404
volumes_record                          POST 302 403 403 403 422 404 404 404
volumes_undo                            POST 302 403 403 403 428 404 404 404
"""
