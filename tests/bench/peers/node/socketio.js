// Rooms with Socket.IO and its Redis adapter, as its documentation shows them. Nothing is kept.
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const publisher = createClient({ url: process.env.REDIS_URL });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const io = new Server(http, { adapter: createAdapter(publisher, subscriber), transports: ["websocket"] });

io.on("connection", (socket) => {
  const { room } = socket.handshake.query;
  socket.join(room);
  socket.on("say", (text) => io.to(room).emit("said", text));
});
http.listen(Number(process.argv[2]), "127.0.0.1");
