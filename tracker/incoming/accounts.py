"""What people type about their own account."""

from typing import Literal

from pydantic import Field

from tracker.incoming.schema import Input


class TokenIn(Input):
    name: str = Field(min_length=1, max_length=60)


class LanguageIn(Input):
    language: Literal["zh", "zh_CN", "en"]

    @property
    def code(self) -> Literal["zh", "en"]:
        return "en" if self.language == "en" else "zh"
