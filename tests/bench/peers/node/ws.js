// Rooms with `ws`: what one says in a room goes to all in it. Nothing is kept.
import { WebSocketServer } from "ws";

const rooms = new Map();
const server = new WebSocketServer({ port: Number(process.argv[2]), host: "127.0.0.1", perMessageDeflate: false });

server.on("connection", (socket, request) => {
  const name = request.url;
  if (!rooms.has(name)) rooms.set(name, new Set());
  const room = rooms.get(name);
  room.add(socket);
  socket.on("close", () => room.delete(socket));
  socket.on("error", () => {});
  socket.on("message", (data) => {
    for (const member of room) member.send(data, { binary: false });
  });
});
