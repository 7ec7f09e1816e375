# Varnish in front of Gridcast: one viewer's request for a part reaches the server, the others wait here and get the same answer.
# Needs Varnish 6.0 or newer, and something that does TLS before it. See docs/proxies.md.
vcl 4.1;

import std;

backend gridcast {
  .host = "127.0.0.1";
  .port = "8080";
  # Three target durations are held before a 503, so this must be more: 2 s make 6, 10 s make 30.
  .first_byte_timeout = 35s;
  # What has begun to come comes in one go.
  .between_bytes_timeout = 10s;
}

sub vcl_recv {
  if (req.http.Upgrade ~ "(?i)websocket") {
    return (pipe);
  }
  if (req.url !~ "^/hls/" || (req.method != "GET" && req.method != "HEAD")) {
    return (pass);
  }
  # Who comes with a token of their own gets a playlist of their own; what that lists is the same for all.
  if (req.http.Authorization || req.url ~ "[?&]token=") {
    return (pass);
  }
  unset req.http.Cookie;
  # What makes another answer: the delivery directives, and which playlist. Nothing else may split what is kept.
  set req.url = regsuball(req.url, "([?&])(?!(_HLS_msn|_HLS_part|_HLS_skip|dvr|promised)=)[^?&]*", "\1");
  set req.url = regsuball(req.url, "&&+", "&");
  set req.url = regsub(req.url, "\?&", "?");
  set req.url = regsub(req.url, "[?&]$", "");
  set req.url = std.querysort(req.url);
  return (hash);
}

sub vcl_pipe {
  set bereq.http.Upgrade = req.http.Upgrade;
  set bereq.http.Connection = "upgrade";
}

sub vcl_backend_response {
  # A playlist that is old is wrong: players would be sent back in time.
  set beresp.grace = 0s;
  set beresp.keep = 0s;
  if (beresp.http.Cache-Control ~ "no-store" || beresp.status >= 400) {
    # The same address may be good a moment later. Until then nobody is made to queue for an answer that cannot be shared.
    set beresp.ttl = 1s;
    set beresp.uncacheable = true;
    return (deliver);
  }
  # The server sends nothing before all of it is there; so pass it on while it comes.
  set beresp.do_stream = true;
}
