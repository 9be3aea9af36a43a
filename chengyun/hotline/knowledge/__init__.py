"""知识库: what the centre may answer at once, who stands for it, and until when."""
