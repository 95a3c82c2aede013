/* The generator is a crowd of WebSocket clients in one thread, cheap enough that the server is always the limit.
 *
 *   cc -O2 -o generator generator.c
 *   generator port=8000 sockets=1000 path=/ws/chat-room/%r/ cookie=sessionid=crowdsession%n [name=value ...]
 *
 * With `other` every second socket of a room is opened at that port, where another process serves the same rooms.
 * In path, cookie, hello and post %r is the room (first + socket mod rooms), %n the number of the socket from 1, %t the
 * time, %u a new UUID, %x `size` letters and %hNN a byte. A frame that begins with `heard` is a delivery; where `mark` is
 * given, every occurrence of it is. What is measured begins after every socket is open and `settle` seconds are over.
 * With `storm` all but the first `storm` sockets lose their line at once and come back with `since`, those that are
 * turned away after a pause that doubles, and every revision is counted. Where nothing arrives for a second although
 * messages are under way, those are counted as missing and new ones are said. It prints one line of JSON, with what the
 * process `pid` spent of the CPU while it was measured, and what the open lines made it grow by. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PING "{\"type\":\"ping\"}"

enum { READ_SIZE = 1 << 20, WINDOW = 256, MOST_SAMPLES = 1 << 22, MOST_KEPT = 1 << 17, LONGEST_PAUSE = 8, LONGEST_STORM = 120 };
enum state { CLOSED, OPENING, GREETING, OPEN };

static struct {
    int port, other, pid, sockets, rooms, first, flight, rate, at_once, size, pings, storm, every, binary;
    double seconds, settle;
    const char *host, *path, *cookie, *post, *protocol, *heard, *hello, *mark;
} wish = {.port = 8000, .sockets = 100, .rooms = 1, .first = 1, .flight = 0, .rate = 0, .at_once = 64, .size = 100,
          .every = 50, .seconds = 5, .settle = 1, .host = "127.0.0.1", .path = "/ws/chat-room/%r/",
          .cookie = "sessionid=crowdsession%n", .post = "{\"type\":\"chat_message\",\"message\":\"%t %x\",\"client_id\":\"%u\"}",
          .protocol = "prizmai.v2", .heard = "{\"type\":\"chat_message\"", .hello = "", .mark = ""};

struct line {
    int fd, room;
    enum state state;
    int kept;              /* bytes of an unfinished frame */
    char *keeping;
    char epoch[40];
    long long revision, heard; /* the last revision that arrived, -1 before the first */
    int synced, tries;
    double due;                /* when it tries again, 0 when it does not */
};

static struct line *lines;
static struct { long sent, done; int people, next, by[WINDOW]; } *rooms; /* by: how many have heard each message under way */
static int events, opened, greeted, refused, lost, measuring, posting, stormy, turned_away;
static long deliveries, acks, pongs, bytes, sent, errors, doubled, skipped, dropped;
static uint32_t *delays, *ack_delays;
static long delay_count, ack_count;
static char buffer[READ_SIZE + MOST_KEPT];
static unsigned names; /* one for each message; with the time in it, so that its acknowledgement tells the delay */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static unsigned long long micros(void) { return (unsigned long long)(now() * 1e6); }

static void die(const char *what) {
    fprintf(stderr, "generator: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* -- words ------------------------------------------------------------------------------------------------------------ */

static int fill(char *to, int size, const char *pattern, int room, int number) {
    int length = 0;
    for (const char *p = pattern; *p && length < size - 64; p++) {
        if (*p != '%') { to[length++] = *p; continue; }
        switch (*++p) {
        case 'r': length += sprintf(to + length, "%d", room); break;
        case 'n': length += sprintf(to + length, "%d", number); break;
        case 't': length += sprintf(to + length, "t=%015llu", micros()); break;
        case 'u': length += sprintf(to + length, "%08x-0000-4000-8000-%012llx", ++names, micros()); break;
        case 'h': { char byte[3] = {p[1], p[2], 0}; to[length++] = strtol(byte, NULL, 16), p += 2; break; }
        case 'x': for (int i = 0; i < wish.size && length < size - 64; i++) to[length++] = 'x'; break;
        default: to[length++] = *p;
        }
    }
    to[length] = 0;
    return length;
}

static long long number_after(const char *text, int length, const char *word) {
    const char *found = memmem(text, length, word, strlen(word));
    return found ? atoll(found + strlen(word)) : -1;
}

/* -- writing ---------------------------------------------------------------------------------------------------------- */

static void write_all(struct line *line, const char *what, int length) {
    while (length > 0) {
        ssize_t n = send(line->fd, what, length, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) { usleep(100); continue; }
        if (n <= 0) { errors++; return; }
        what += n, length -= n;
    }
}

static void say(struct line *line, const char *text, int length) {
    unsigned char frame[70000];
    int head = 2;
    frame[0] = wish.binary ? 0x82 : 0x81;
    if (length < 126) frame[1] = 0x80 | length;
    else frame[1] = 0x80 | 126, frame[2] = length >> 8, frame[3] = length & 255, head = 4;
    memset(frame + head, 0, 4); /* a mask of noughts leaves the payload as it is */
    memcpy(frame + head + 4, text, length);
    write_all(line, (char *)frame, head + 4 + length);
}

/* With what it brought: a server may ask for that. */
static void answer_ping(struct line *line, const char *brought, int size) {
    unsigned char pong[6 + 125] = {0x8a, 0x80 | size}; /* and a mask of noughts */
    memcpy(pong + 6, brought, size);
    write_all(line, (char *)pong, 6 + size);
}

static void post_in(int room) {
    struct line *line;
    int tried = 0;
    do {
        if (tried++ == rooms[room].people) { fprintf(stderr, "generator: all lines of a room were closed\n"); exit(1); }
        line = &lines[room + rooms[room].next * wish.rooms];
        rooms[room].next = (rooms[room].next + 1) % rooms[room].people;
    } while (line->state != OPEN);
    char text[66000];
    say(line, text, fill(text, sizeof text, wish.post, wish.first + room, 1));
    rooms[room].sent++, sent++;
}

/* A message is under way until all in its room have heard it. */
static void keep_in_flight(int room) {
    while (posting && wish.flight && rooms[room].sent - rooms[room].done < wish.flight) post_in(room);
}

/* -- opening ---------------------------------------------------------------------------------------------------------- */

static void open_line(int number, int with_since) {
    struct line *line = &lines[number];
    int port = wish.other && number / wish.rooms % 2 ? wish.other : wish.port;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, wish.host, &address.sin_addr);
    line->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (line->fd < 0) die("socket");
    int one = 1;
    setsockopt(line->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    line->room = number % wish.rooms, line->state = OPENING, line->kept = 0, line->synced = 0, line->due = 0;
    if (connect(line->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) die("connect");
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.u32 = number};
    epoll_ctl(events, EPOLL_CTL_ADD, line->fd, &event);
    opened++;
    if (!with_since) line->revision = -1;
}

static void greet(int number) {
    struct line *line = &lines[number];
    char path[300], cookie[300], request[2000], since[120] = "", protocol[100] = "";
    fill(path, sizeof path, wish.path, wish.first + line->room, number + 1);
    fill(cookie, sizeof cookie, wish.cookie, wish.first + line->room, number + 1);
    if (line->revision >= 0) sprintf(since, "%csince=%lld&epoch=%s", strchr(path, '?') ? '&' : '?', line->revision, line->epoch);
    if (*wish.protocol) sprintf(protocol, "Sec-WebSocket-Protocol: %s\r\n", wish.protocol);
    int length = sprintf(request,
        "GET %s%s HTTP/1.1\r\nHost: %s:%d\r\nOrigin: http://%s:%d\r\nCookie: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n",
        path, since, wish.host, wish.port, wish.host, wish.port, cookie, protocol);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = number};
    epoll_ctl(events, EPOLL_CTL_MOD, line->fd, &event);
    line->state = GREETING;
    write_all(line, request, length);
}

/* The pause before another try: its length is left to chance, up to a bound that doubles. */
static void try_again(struct line *line) {
    double most = 0.5 * (1 << (line->tries < 4 ? line->tries : 4));
    line->due = now() + (most < LONGEST_PAUSE ? most : LONGEST_PAUSE) * rand() / RAND_MAX;
    line->tries++, turned_away++;
}

static void shut(struct line *line, int count) {
    if (line->state == CLOSED) return;
    if (stormy && count) try_again(line);
    else if (count) lost++;
    if (line->state == OPEN) greeted--;
    struct linger at_once = {1, 0};
    setsockopt(line->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(line->fd);
    line->state = CLOSED;
}

/* -- hearing ---------------------------------------------------------------------------------------------------------- */

static void follow(struct line *line, long long revision);

/* In a storm the delays of those who stayed are told, while it lasts. */
static int counts(struct line *line) { return !wish.storm || (stormy && line - lines < wish.storm); }

static void delivered(struct line *line, const char *text, int length) {
    int *by = &rooms[line->room].by[line->heard++ % WINDOW];
    if (++*by == rooms[line->room].people) rooms[line->room].done++, *by = 0;
    if (wish.storm) follow(line, number_after(text, length, "\"revision\":"));
    if (measuring && ++deliveries % wish.every == 0 && counts(line) && delay_count < MOST_SAMPLES) {
        long long then = number_after(text, length, "t=");
        if (then > 0) delays[delay_count++] = (uint32_t)(micros() - then);
    }
    keep_in_flight(line->room);
}

static void acknowledged(const char *text, int length) {
    const char *name = memmem(text, length, "\"client_id\":\"", 13);
    if (name && ack_count < MOST_SAMPLES) ack_delays[ack_count++] = micros() - strtoull(name + 13 + 24, NULL, 16);
    acks++;
}

static int begins(const char *text, int length, const char *with) {
    int size = strlen(with);
    return length >= size && !memcmp(text, with, size);
}

/* Each revision is the one after the last, or something was doubled or skipped. */
static void follow(struct line *line, long long revision) {
    if (revision <= line->revision) doubled++;
    else skipped += revision - line->revision - 1, line->revision = revision;
}

static void welcomed(struct line *line, const char *text, int length) {
    const char *epoch = memmem(text, length, "\"epoch\":\"", 9);
    if (epoch) memcpy(line->epoch, epoch + 9, 36);
    if (line->revision < 0) line->revision = number_after(text, length, "\"revision\":");
}

static void level(struct line *line, const char *text, int length) {
    long long revision = number_after(text, length, "\"revision\":");
    if (wish.storm && revision > line->revision) skipped += revision - line->revision, line->revision = revision;
    line->synced = 1, line->tries = 0;
}

static void hear(int number, const char *text, int length) {
    struct line *line = &lines[number];
    if (*wish.mark) {
        for (const char *at = text; (at = memmem(at, length - (at - text), wish.mark, strlen(wish.mark))); at++)
            delivered(line, at, length - (at - text));
    } else if (begins(text, length, wish.heard)) {
        delivered(line, text, length);
    } else if (begins(text, length, "{\"type\":\"ack\"")) {
        if (measuring) acknowledged(text, length);
    } else if (begins(text, length, "{\"type\":\"pong\"")) {
        if (measuring) pongs++;
        if (wish.pings && posting) say(line, PING, sizeof PING - 1);
    } else if (begins(text, length, "{\"type\":\"welcome\"")) {
        welcomed(line, text, length);
    } else if (begins(text, length, "{\"type\":\"synced\"")) {
        level(line, text, length);
    } else if (length == 1 && *text == '2') { /* Socket.IO asks whether we live */
        say(line, "3", 1);
    } else if (begins(text, length, "{\"type\":\"error\"") && !errors++) {
        fprintf(stderr, "%.*s\n", length, text);
    }
}

static void take_frames(int number, char *data, int length) {
    struct line *line = &lines[number];
    int at = 0;
    while (length - at >= 2) {
        unsigned char *p = (unsigned char *)data + at;
        long size = p[1] & 127;
        int head = 2;
        if (size == 126) {
            if (length - at < 4) break;
            size = p[2] << 8 | p[3], head = 4;
        } else if (size == 127) {
            if (length - at < 10) break;
            size = (long)p[6] << 24 | p[7] << 16 | p[8] << 8 | p[9], head = 10;
        }
        if (length - at < head + size) break;
        int opcode = p[0] & 15;
        if (opcode == 1 || opcode == 2) hear(number, data + at + head, size);
        else if (opcode == 8) {
            if (!stormy && lost < 3) fprintf(stderr, "closed with %d\n", size >= 2 ? (unsigned char)data[at + head] << 8 | (unsigned char)data[at + head + 1] : 0);
            shut(line, 1);
            return;
        }
        else if (opcode == 9 && size < 126) answer_ping(line, data + at + head, size);
        at += head + size;
    }
    line->kept = length - at;
    if (line->kept > MOST_KEPT) die("a frame that is too large");
    if (line->kept) {
        line->keeping = realloc(line->keeping, line->kept);
        memcpy(line->keeping, data + at, line->kept);
    }
}

static void take(int number) {
    struct line *line = &lines[number];
    if (line->kept) memcpy(buffer, line->keeping, line->kept);
    ssize_t n = recv(line->fd, buffer + line->kept, READ_SIZE, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) { shut(line, 1); return; }
    if (measuring) bytes += n;
    int length = line->kept + n, from = 0;
    if (line->state == GREETING) {
        buffer[length] = 0;
        char *end = strstr(buffer, "\r\n\r\n");
        if (!end) { line->keeping = realloc(line->keeping, length); memcpy(line->keeping, buffer, length); line->kept = length; return; }
        if (strncmp(buffer, "HTTP/1.1 101", 12)) {
            if (!stormy && !refused++) fprintf(stderr, "%.60s\n", buffer);
            shut(line, stormy);
            return;
        }
        line->state = OPEN, greeted++;
        if (*wish.hello) {
            char hello[1000];
            say(line, hello, fill(hello, sizeof hello, wish.hello, wish.first + line->room, number + 1));
        }
        from = end + 4 - buffer;
    }
    line->kept = 0;
    take_frames(number, buffer + from, length - from);
}

static void turn(int wait) {
    static struct epoll_event ready[512];
    int n = epoll_wait(events, ready, 512, wait);
    for (int i = 0; i < n; i++) {
        int number = ready[i].data.u32;
        if (lines[number].state == OPENING && ready[i].events & EPOLLOUT) greet(number);
        if (lines[number].state > OPENING && ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) take(number);
    }
}

/* -- telling ---------------------------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static double part(uint32_t *samples, long count, double of) { return count ? samples[(long)((count - 1) * of)] / 1e3 : -1; }

static double cpu(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void wait_until(double when) {
    double left = when - now();
    if (left <= 0) return;
    struct timespec pause = {left, (left - (long)left) * 1e9};
    struct pollfd one = {.fd = events, .events = POLLIN};
    ppoll(&one, 1, &pause, NULL);
}

/* What was under way for a second without arriving is missing: all begin anew. */
static void note_a_standstill(void) {
    static long before;
    static double since;
    if (before != deliveries || !since) { before = deliveries, since = now(); return; }
    if (!posting || !wish.flight || now() - since < 1) return;
    for (int room = 0; room < wish.rooms; room++) {
        dropped += rooms[room].sent - rooms[room].done;
        rooms[room].done = rooms[room].sent;
        memset(rooms[room].by, 0, sizeof rooms[room].by);
    }
    for (int i = 0; i < wish.sockets; i++) lines[i].heard = 0;
    since = 0;
    for (int room = 0; room < wish.rooms; room++) keep_in_flight(room);
}

/* A field of a file of proc(5), counted from after the name, which may hold anything. */
static double field(const char *file, int number) {
    char path[64], text[2000] = "";
    sprintf(path, "/proc/%d/%s", wish.pid, file);
    FILE *open = wish.pid ? fopen(path, "r") : NULL;
    if (!open) return 0;
    text[fread(text, 1, sizeof text - 1, open)] = 0;
    fclose(open);
    char *at = strrchr(text, ')');
    at = at ? at + 2 : text;
    while (number-- && (at = strchr(at, ' '))) at++;
    return at ? atof(at) : 0;
}

static double server_cpu(void) { return (field("stat", 11) + field("stat", 12)) / sysconf(_SC_CLK_TCK); }

static double server_memory(void) { return field("statm", 1) * sysconf(_SC_PAGE_SIZE); }

/* One turn, and what is due to be said at the wished rate. */
static void go_on(int wait) {
    static double next;
    static int room;
    while (posting && wish.rate && now() >= (next = next ? next : now())) {
        post_in(room);
        room = (room + 1) % wish.rooms, next += 1.0 / wish.rate;
    }
    if (wish.rate && posting) wait_until(next < now() + wait / 1e3 ? next : now() + wait / 1e3);
    turn(wish.rate && posting ? 0 : wait);
    if (measuring) note_a_standstill();
}

static void open_all(void) {
    for (int next = 0; next < wish.sockets;) {
        while (next < wish.sockets && opened - greeted - refused - lost < wish.at_once) open_line(next++, 0);
        turn(10);
    }
    for (double deadline = now() + 60; greeted + refused + lost < wish.sockets && now() < deadline;) turn(10);
}

static int all_level(void) {
    int level = 1;
    for (int i = wish.storm; i < wish.sockets; i++) {
        if (lines[i].due && now() >= lines[i].due) open_line(i, 1);
        level &= lines[i].synced;
    }
    return level;
}

/* Seconds until all who lost their line are level again, or -1. */
static double storm(void) {
    stormy = 1;
    for (int i = wish.storm; i < wish.sockets; i++) shut(&lines[i], 0);
    double began = now(), took = -1;
    for (int i = wish.storm; i < wish.sockets; i++) open_line(i, 1);
    while (took < 0 && now() < began + LONGEST_STORM) {
        for (double until = now() + 0.02; now() < until;) go_on(5);
        if (all_level()) took = now() - began;
    }
    stormy = 0;
    return took;
}

/* Revisions that somebody did not hear, while others of the same room did. */
static long unheard(void) {
    long missing = 0;
    for (int room = 0; room < wish.rooms; room++) {
        long long last = -1;
        for (int i = room; i < wish.sockets; i += wish.rooms) if (lines[i].revision > last) last = lines[i].revision;
        for (int i = room; i < wish.sockets; i += wish.rooms) missing += last - lines[i].revision;
    }
    return missing;
}

static long undelivered(void) {
    long due = dropped;
    for (int room = 0; room < wish.rooms; room++) due += rooms[room].sent - rooms[room].done;
    return due;
}

static void read_wishes(int count, char **words) {
    for (int i = 1; i < count; i++) {
        char *value = strchr(words[i], '=');
        if (!value) die(words[i]);
        *value++ = 0;
#define NUMBER(name) if (!strcmp(words[i], #name)) { wish.name = atof(value); continue; }
#define WORDS(name) if (!strcmp(words[i], #name)) { wish.name = value; continue; }
        NUMBER(port) NUMBER(other) NUMBER(pid) NUMBER(sockets) NUMBER(rooms) NUMBER(first) NUMBER(flight) NUMBER(rate) NUMBER(at_once) NUMBER(size)
        NUMBER(pings) NUMBER(storm) NUMBER(every) NUMBER(binary) NUMBER(seconds) NUMBER(settle)
        WORDS(host) WORDS(path) WORDS(cookie) WORDS(post) WORDS(protocol) WORDS(heard) WORDS(hello) WORDS(mark)
        fprintf(stderr, "generator: there is no wish called %s\n", words[i]);
        exit(2);
    }
}

int main(int count, char **words) {
    read_wishes(count, words);
    struct rlimit files = {1 << 16, 1 << 16};
    setrlimit(RLIMIT_NOFILE, &files);
    lines = calloc(wish.sockets, sizeof *lines);
    rooms = calloc(wish.rooms, sizeof *rooms);
    delays = malloc(MOST_SAMPLES * sizeof *delays);
    ack_delays = malloc(MOST_SAMPLES * sizeof *ack_delays);
    events = epoll_create1(0);
    for (int i = 0; i < wish.sockets; i++) rooms[i % wish.rooms].people++;

    double began = now(), memory = server_memory();
    open_all();
    double opening = now() - began;
    printf("{\"opened\": %d, \"refused\": %d, \"opening_s\": %.3f", greeted, refused, opening);
    fflush(stdout);
    for (double until = now() + wish.settle; now() < until;) turn(10);
    printf(", \"server_grew\": %.0f", server_memory() - memory);
    fprintf(stderr, "settled\n");

    for (int i = 0; i < wish.sockets; i++) lines[i].heard = 0;
    posting = 1;
    if (wish.pings) for (int i = 0; i < wish.pings; i++) say(&lines[i], PING, sizeof PING - 1);
    for (int room = 0; room < wish.rooms; room++) keep_in_flight(room);
    for (double until = now() + (wish.flight || wish.pings ? 0.5 : 0); now() < until;) turn(10); /* until it runs evenly */

    measuring = 1;
    long before = sent;
    double start = now(), busy = cpu(), spent = server_cpu(), storm_took = wish.storm ? storm() : -1;
    while (now() - start < wish.seconds) go_on(10);
    double seconds = now() - start;
    busy = cpu() - busy, spent = server_cpu() - spent;
    measuring = posting = 0;
    for (double until = now() + 5; now() < until && undelivered() > dropped;) turn(10);
    qsort(delays, delay_count, sizeof *delays, by_size);
    qsort(ack_delays, ack_count, sizeof *ack_delays, by_size);
    printf(", \"seconds\": %.3f, \"sent\": %ld, \"deliveries\": %ld, \"acks\": %ld, \"pongs\": %ld, \"bytes\": %ld, \"errors\": %ld, "
           "\"lost_lines\": %d, \"turned_away\": %d, \"undelivered\": %ld, \"doubled\": %ld, \"unheard\": %ld, \"p50_ms\": %.2f, \"p99_ms\": %.2f, \"max_ms\": %.2f, \"ack_p50_ms\": %.2f, \"ack_p99_ms\": %.2f, \"generator_busy\": %.2f, \"storm_s\": %.2f, \"server_cpu\": %.3f}\n",
           seconds, sent - before, deliveries, acks, pongs, bytes, errors, lost, turned_away,
           undelivered(), doubled, wish.storm ? skipped + unheard() : 0, part(delays, delay_count, 0.5),
           part(delays, delay_count, 0.99), part(delays, delay_count, 1), part(ack_delays, ack_count, 0.5),
           part(ack_delays, ack_count, 0.99), busy / seconds, storm_took, spent);
    return 0;
}
