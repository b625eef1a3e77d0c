#include <libpq-fe.h>
#include <stdbool.h>

/*
 * A request to cancel what a connection runs, encrypted as the connection is where libpq can do
 * that (17 and later); before, it goes over a plain connection of its own.
 */
#ifdef LIBPQ_HAS_ASYNC_CANCEL

static const bool cancel_request_is_encrypted = true;

typedef PGcancelConn *cancel_request;

static inline cancel_request cancel_request_create(PGconn *connection) {
  return PQcancelCreate(connection);
}

/* Blocks until the server has passed the request on. */
static inline bool cancel_request_send(cancel_request request) {
  return PQcancelBlocking(request) == 1;
}

static inline void cancel_request_free(cancel_request request) {
  PQcancelFinish(request);
}

#else

static const bool cancel_request_is_encrypted = false;

typedef PGcancel *cancel_request;

static inline cancel_request cancel_request_create(PGconn *connection) {
  return PQgetCancel(connection);
}

/* Blocks until the server has passed the request on. */
static inline bool cancel_request_send(cancel_request request) {
  char error[256];
  return PQcancel(request, error, sizeof error) == 1;
}

static inline void cancel_request_free(cancel_request request) {
  PQfreeCancel(request);
}

#endif
