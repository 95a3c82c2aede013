"""The usual consumer: what is said is kept, goes to the group, and each socket makes its JSON of it."""

import json

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from .models import Message, Receipt, Room


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.user, self.room_id = self.scope["user"], self.scope["url_route"]["kwargs"]["room_id"]
        self.group = f"chat_room_{self.room_id}"
        if not self.user.is_authenticated or not await self.is_member():
            await self.close()
            return
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data):
        frame = json.loads(text_data)
        if frame["type"] == "chat_message":
            message = await self.save(frame["message"])
            event = {
                "type": "chat_message",
                "message_id": message.pk,
                "user_id": self.user.pk,
                "username": self.user.username,
                "message": message.content,
                "timestamp": message.timestamp.isoformat(),
            }
            await self.channel_layer.group_send(self.group, event)
        elif frame["type"] == "message_read":
            await self.mark_read(frame["message_id"])
        elif frame["type"] == "ping":
            await self.send(json.dumps({"type": "pong"}))

    async def chat_message(self, event):
        await self.send(json.dumps(event))

    @database_sync_to_async
    def is_member(self):
        return Room.objects.filter(pk=self.room_id, members=self.user).exists()

    @database_sync_to_async
    def save(self, content):
        return Message.objects.create(room_id=self.room_id, author=self.user, content=content)

    @database_sync_to_async
    def mark_read(self, message_id):
        Receipt.objects.get_or_create(message_id=message_id, reader=self.user)
