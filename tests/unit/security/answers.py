"""Who gets which answer at every address: scripts ask, so a stranger who posts gets 401. "in" leads to sign-in.

What is not declared, POST or GET, is answered 405 and does nothing; HEAD is answered as GET.
"""

CAST = ["nobody", "eve", "otto", "rex", "gus", "vera", "bob", "ada"]

# fmt: off
TABLE = """
                                              nobody eve otto rex gus vera bob ada
/                                        GET  302 302 302 302 302 302 302 302
/                                        POST 302 302 302 302 302 302 302 302
/healthz                                 GET  200 200 200 200 200 200 200 200
/readyz                                  GET  200 200 200 200 200 200 200 200
/metrics                                 GET  200 200 200 200 200 200 200 200
accounts:profile                         GET  in  200 200 200 200 200 200 200
accounts:profile                         POST in  302 302 302 302 302 302 302
accounts:first                           GET  200 200 200 200 200 200 200 200
accounts:first                           POST 302 302 302 302 302 302 302 302
account_login                            GET  200 302 302 302 302 302 302 302
account_login                            POST 400 200 200 200 200 200 200 200
account_logout                           GET  in  200 200 200 200 200 200 200
account_logout                           POST 200 200 200 200 200 200 200 200
account_inactive                         GET  200 200 200 200 200 200 200 200
account_signup                           GET  200 302 302 302 302 302 302 302
account_signup                           POST 200 200 200 200 200 200 200 200
account_reauthenticate                   GET  in  403 403 403 403 403 403 403
account_reauthenticate                   POST in  403 403 403 403 403 403 403
account_email                            GET  in  200 200 200 200 200 200 200
account_email                            POST in  200 200 200 200 200 200 200
account_email_verification_sent          GET  200 200 200 200 200 200 200 200
account_change_password                  GET  in  302 302 302 302 302 302 302
account_change_password                  POST in  302 302 302 302 302 302 302
account_set_password                     GET  in  200 200 200 200 200 200 200
account_set_password                     POST in  200 200 200 200 200 200 200
account_reset_password                   GET  200 200 200 200 200 200 200 200
account_reset_password                   POST 200 200 200 200 200 200 200 200
account_confirm_login_code               GET  in  302 302 302 302 302 302 302
account_confirm_login_code               POST in  302 302 302 302 302 302 302
account_confirm_email                    GET  200 200 200 200 200 200 200 200
account_confirm_email                    POST 404 404 404 404 404 404 404 404
account_reset_password_from_key          GET  200 200 200 200 200 200 200 200
account_reset_password_from_key          POST 400 400 400 400 400 400 400 400
account_reset_password_from_key_done     GET  200 200 200 200 200 200 200 200
account_reset_password_done              GET  200 200 200 200 200 200 200 200
boards:list                              GET  in  200 200 200 200 200 200 200
boards:create                            POST 401 200 200 200 200 200 200 200
boards:board                             GET  in  404 404 404 404 200 200 200
boards:settings                          GET  in  404 404 404 404 200 200 200
boards:rename                            POST 401 404 404 404 404 403 403 200
boards:add_person                        POST 401 404 404 404 404 403 403 200
boards:change_role                       POST 401 404 404 404 404 403 403 200
boards:remove_person                     POST 401 404 404 404 404 403 403 200
boards:remove_person#oneself             POST 401 404 404 404 404 200 200 400
boards:create_label                      POST 401 404 404 404 404 403 403 200
boards:edit_label                        POST 401 404 404 404 404 403 403 200
boards:remove_label                      POST 401 404 404 404 404 403 403 200
boards:create_column                     POST 401 404 404 404 404 403 200 200
boards:edit_column                       POST 401 404 404 404 404 403 200 200
boards:move_column                       POST 401 404 404 404 404 403 200 200
boards:remove_column                     POST 401 404 404 404 404 403 200 200
boards:create_task                       POST 401 404 404 404 404 403 200 200
boards:edit_task                         POST 401 404 404 404 404 403 200 200
boards:assign_task                       POST 401 404 404 404 404 403 200 200
boards:label_task                        POST 401 404 404 404 404 403 200 200
boards:move_task                         POST 401 404 404 404 404 403 200 200
boards:archive_task                      POST 401 404 404 404 404 403 200 200
boards:restore_task                      POST 401 404 404 404 404 403 200 200
messaging:hub                            GET  in  200 200 200 200 200 200 200
messaging:notifications                  GET  in  200 200 200 200 200 200 200
messaging:notifications                  POST 401 200 200 200 200 200 200 200
messaging:notification_wishes            GET  in  200 200 200 200 200 200 200
messaging:notification_wishes            POST 401 302 302 302 302 302 302 302
messaging:add_browser                    POST 401 201 201 201 201 201 201 201
messaging:remove_browser                 POST 401 200 200 200 200 200 200 200
messaging:unsubscribe                    GET  404 404 404 404 404 404 404 404
messaging:unsubscribe                    POST 404 404 404 404 404 404 404 404
messaging:worker                         GET  200 200 200 200 200 200 200 200
messaging:manifest                       GET  200 200 200 200 200 200 200 200
messaging:offline                        GET  200 200 200 200 200 200 200 200
messaging:level#private                  POST 401 403 403 403 403 200 200 200
messaging:level#task                     POST 401 403 403 403 403 200 200 200
messaging:level#direct                   POST 401 403 403 403 403 403 200 403
messaging:direct                         GET  in  200 200 200 200 200 200 200
messaging:direct                         POST 401 403 403 403 200 200 200 200
messaging:find                           GET  in  200 200 200 200 200 200 200
messaging:search                         GET  in  200 200 200 200 200 200 200
messaging:read_all                       POST 401 200 200 200 200 200 200 200
messaging:create_room                    GET  in  404 404 404 404 200 200 200
messaging:create_room                    POST 401 403 403 403 403 403 200 200
messaging:room#private                   GET  in  404 404 404 404 200 200 200
messaging:room#open                      GET  in  404 404 404 200 200 200 200
messaging:room#direct                    GET  in  404 404 404 404 404 200 404
messaging:room#task                      GET  in  404 404 404 404 404 404 404
messaging:rename_room                    POST 401 403 403 403 403 403 403 200
messaging:archive_room                   POST 401 403 403 403 403 403 403 200
messaging:restore_room                   POST 401 403 403 403 403 403 403 200
messaging:join_room#private              POST 401 403 403 403 403 200 200 200
messaging:join_room#open                 POST 401 403 403 403 200 200 200 200
messaging:leave_room#private             POST 401 403 403 403 403 200 200 200
messaging:leave_room#direct              POST 401 403 403 403 403 403 403 403
messaging:add_person                     GET  in  404 404 404 404 404 404 200
messaging:add_person                     POST 401 403 403 403 403 403 403 200
messaging:remove_person                  POST 401 403 403 403 403 403 403 200
messaging:messages#private               GET  in  404 404 404 404 200 200 200
messaging:messages#private               POST 401 403 403 403 403 403 201 201
messaging:messages#open                  GET  in  404 404 404 200 200 200 200
messaging:messages#open                  POST 401 403 403 403 201 403 201 201
messaging:messages#task                  GET  in  404 404 404 404 200 200 200
messaging:messages#task                  POST 401 403 403 403 403 403 201 201
messaging:messages#direct                GET  in  404 404 404 404 404 200 404
messaging:messages#direct                POST 401 403 403 403 403 403 201 403
messaging:files#private                  GET  in  404 404 404 404 200 200 200
messaging:files#private                  POST 401 403 403 403 403 403 201 201
messaging:files#task                     GET  in  404 404 404 404 200 200 200
messaging:files#task                     POST 401 403 403 403 403 403 201 201
messaging:files#direct                   GET  in  404 404 404 404 404 200 404
messaging:files#direct                   POST 401 403 403 403 403 403 201 403
messaging:destinations                   GET  in  200 200 200 200 200 200 200
messaging:people#private                 GET  in  404 404 404 404 200 200 200
messaging:people#open                    GET  in  404 404 404 200 200 200 200
messaging:people#task                    GET  in  404 404 404 404 200 200 200
messaging:people#direct                  GET  in  404 404 404 404 404 200 404
messaging:read#private                   POST 401 403 403 403 403 200 200 200
messaging:draft#private                  POST 401 403 403 403 403 403 200 200
messaging:draft#task                     POST 401 403 403 403 403 403 200 200
messaging:draft#direct                   POST 401 403 403 403 403 403 200 403
messaging:favourite#private              POST 401 403 403 403 403 200 200 200
messaging:favourite#task                 POST 401 403 403 403 403 200 200 200
messaging:favourite#direct               POST 401 403 403 403 403 403 200 403
messaging:clear#private                  POST 401 403 403 403 403 403 403 200
messaging:clear#task                     POST 401 403 403 403 403 403 403 200
messaging:clear#direct                   POST 401 403 403 403 403 403 403 403
messaging:file                           GET  in  404 404 404 404 200 200 200
messaging:task                           GET  in  404 404 404 404 200 200 200
messaging:saved                          GET  in  200 200 200 200 200 200 200
messaging:saved                          POST 401 404 404 404 404 200 200 200
messaging:scheduled                      GET  in  200 200 200 200 200 200 200
messaging:reschedule                     POST 401 404 404 404 404 404 404 200
messaging:schedule                       POST 401 403 403 403 403 403 200 200
messaging:pins                           GET  in  404 404 404 404 200 200 200
messaging:pins                           POST 401 403 403 403 403 403 200 200
messaging:versions                       GET  in  404 404 404 404 200 200 200
messaging:forward                        GET  in  404 404 404 404 200 200 200
messaging:forward                        POST 401 404 404 404 404 403 201 201
"""
# fmt: on

ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
DECLARED = {(ask, method): dict(zip(CAST, answers, strict=True)) for ask, method, *answers in ROWS}
METHOD_NOT_ALLOWED = {"405", "in", "401"}  # some doors see first that nobody is signed in
