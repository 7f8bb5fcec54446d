-- Recipes over conversations find the messages of one by this.
CREATE INDEX documents_thread ON docket.documents (connector, (metadata->>'conversation_id'))
    WHERE metadata ? 'conversation_id' AND removed_at IS NULL;
