/* The limit of this machine: one thread, epoll, and what is said in one turn joined into one send for each who hears it.
 *
 *   joined_writes PORT
 *
 * It speaks to the generator alone: any key is accepted with the answer to the generator's, and masks are noughts. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 1 << 16, READ = 1 << 16, JOINED = 1 << 17, BEHIND = 1 << 22 };

static const char ANSWER[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             "Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n";

static struct line { int room, kept, next, behind; char keeping[2048], *unsent; } lines[MOST]; /* by descriptor; next in its room */
static struct room { int first, size; char joined[JOINED]; } *rooms[MOST];
static int talked[MOST], talking, events;

static struct room *room_of(int number) {
    if (!rooms[number]) rooms[number] = calloc(1, sizeof **rooms), rooms[number]->first = -1;
    return rooms[number];
}

static void leave(int fd) {
    for (int *at = &rooms[lines[fd].room]->first; lines[fd].room && *at >= 0; at = &lines[*at].next)
        if (*at == fd) { *at = lines[fd].next; break; }
    free(lines[fd].unsent);
    memset(&lines[fd], 0, sizeof lines[fd]);
    close(fd);
}

static void watch(int fd, int how) {
    struct epoll_event event = {.events = how, .data.fd = fd};
    epoll_ctl(events, EPOLL_CTL_MOD, fd, &event);
}

/* What a socket does not take waits behind it, in order. */
static void write_to(int fd, const char *what, int size) {
    struct line *line = &lines[fd];
    int sent = line->behind ? 0 : send(fd, what, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) sent = 0;
    if (sent == size) return;
    if (!line->unsent) line->unsent = malloc(BEHIND);
    if (!line->behind) watch(fd, EPOLLIN | EPOLLOUT);
    if (line->behind + size - sent > BEHIND) { shutdown(fd, SHUT_RDWR); return; }
    memcpy(line->unsent + line->behind, what + sent, size - sent);
    line->behind += size - sent;
}

static void go_on_writing(int fd) {
    struct line *line = &lines[fd];
    int sent = send(fd, line->unsent, line->behind, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0) return;
    line->behind -= sent;
    memmove(line->unsent, line->unsent + sent, line->behind);
    if (!line->behind) watch(fd, EPOLLIN);
}

static void flush(int number) {
    struct room *room = rooms[number];
    for (int fd = room->first; fd >= 0; fd = lines[fd].next) write_to(fd, room->joined, room->size);
    room->size = 0;
}

static void say(int number, const unsigned char *frame, int head, int size) {
    struct room *room = rooms[number];
    if (room->size + head + size > JOINED) flush(number);
    if (!room->size) talked[talking++] = number;
    memcpy(room->joined + room->size, frame, head);
    room->joined[room->size + 1] &= 127;
    memcpy(room->joined + room->size + head, frame + head + 4, size);
    room->size += head + size;
}

static void take(int fd) {
    static char data[READ + 2048];
    struct line *line = &lines[fd];
    memcpy(data, line->keeping, line->kept);
    int n = recv(fd, data + line->kept, READ, MSG_DONTWAIT), at = 0;
    if (n <= 0) { if (n == 0 || errno != EAGAIN) leave(fd); return; }
    n += line->kept;
    if (!line->room) {
        char *end = memmem(data, n, "\r\n\r\n", 4);
        if (end) {
            line->room = 1 + atoi(data + 5) % (MOST - 1); /* GET /7 */
            line->next = room_of(line->room)->first, rooms[line->room]->first = fd;
            write_to(fd, ANSWER, sizeof ANSWER - 1);
            at = end + 4 - data;
        }
    }
    while (line->room && n - at >= 8) {
        unsigned char *frame = (unsigned char *)data + at;
        int size = frame[1] & 127, head = size == 126 ? 4 : 2;
        if (size == 126) size = frame[2] << 8 | frame[3];
        if (n - at < head + 4 + size) break;
        say(line->room, frame, head, size);
        at += head + 4 + size;
    }
    line->kept = n - at;
    if (line->kept > (int)sizeof line->keeping) { leave(fd); return; }
    memcpy(line->keeping, data + at, line->kept);
}

int main(int count, char **words) {
    if (count < 2) return 2;
    struct rlimit files = {MOST - 1, MOST - 1};
    setrlimit(RLIMIT_NOFILE, &files);
    int one = 1, door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(door, (struct sockaddr *)&address, sizeof address) || listen(door, 4096)) { perror("listen"); return 1; }
    events = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = door}, ready[512];
    epoll_ctl(events, EPOLL_CTL_ADD, door, &event);
    for (;;) {
        int n = epoll_wait(events, ready, 512, -1);
        for (int i = 0; i < n; i++) {
            int fd = ready[i].data.fd;
            if (fd != door) {
                if (ready[i].events & EPOLLOUT && lines[fd].behind) go_on_writing(fd);
                if (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) take(fd);
                continue;
            }
            while ((fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                event.data.fd = fd, event.events = EPOLLIN;
                epoll_ctl(events, EPOLL_CTL_ADD, fd, &event);
            }
        }
        for (int i = 0; i < talking; i++) if (rooms[talked[i]]->size) flush(talked[i]);
        talking = 0;
    }
}
