"""LangChain's own standard suites for chat models, on the real server with the embedded model.

What cannot apply is named here, with the reason; nothing else is left out.
"""

from __future__ import annotations

from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_tests.integration_tests import ChatModelIntegrationTests
from langchain_tests.unit_tests import ChatModelUnitTests

import gba_jupyter as gba
from gba_jupyter.llama.embedded import EmbeddedServer


class TestUnit(ChatModelUnitTests):
    """The suite that needs no server."""

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return gba.ChatLlamaGBNF

    @property
    def chat_model_params(self) -> dict[str, Any]:
        return {"base_url": "http://localhost:9"}


class TestIntegration(ChatModelIntegrationTests):
    """The suite that asks the model."""

    _server: EmbeddedServer

    @pytest.fixture(autouse=True)
    def _on_the_embedded_server(self, embedded: EmbeddedServer) -> None:
        type(self)._server = embedded

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return gba.ChatLlamaGBNF

    @property
    def chat_model_params(self) -> dict[str, Any]:
        server = type(self)._server
        return {
            "base_url": server.url,
            "api_key": server.api_key,
            "reason_tokens": 16,
            "max_tokens": 128,
        }

    @pytest.fixture
    def model(self, request: Any, _on_the_embedded_server: None) -> BaseChatModel:
        extra = getattr(request, "param", None) or {}
        return gba.ChatLlamaGBNF(**self.chat_model_params, **extra)

    @property
    def supports_json_mode(self) -> bool:
        return True
