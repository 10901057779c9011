"""The LLM judge: what it is asked, how its reply is read and verified, and how samples become verdicts. Pure."""
