"""What a message that is not a text carries: things people send, and what Telegram says of a chat."""

# What a message that is not a text carries → the word of the phrase that answers it.
KINDS = {
    "photo": "photo",
    "live_photo": "photo",
    "voice": "voice",
    "video": "voice",
    "video_note": "voice",
    "audio": "voice",
    "sticker": "sticker",
    "animation": "sticker",
    "location": "place",
    "venue": "place",
    "contact": "contact",
    "poll": "poll",
    "dice": "poll",
    "game": "poll",
    "document": "file",
}

# What Telegram says of a chat, and nobody wrote: no answer. Anything else that comes without words is something a person sent.
NOTICES = frozenset({
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo", "group_chat_created",
    "supergroup_chat_created", "channel_chat_created", "message_auto_delete_timer_changed", "migrate_from_chat_id", "pinned_message",
    "successful_payment", "refunded_payment", "write_access_allowed", "connected_website", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "chat_owner_changed", "chat_owner_left", "checklist_tasks_added", "checklist_tasks_done",
    "direct_message_price_changed", "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed", "gift", "unique_gift",
    "gift_upgrade_sent", "managed_bot_created", "paid_message_price_changed", "poll_option_added", "poll_option_deleted",
    "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
    "suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
})  # fmt: skip
