"""Trace requests, results of traces, and the people of both in tables of their own."""

from headstamp.web.traces.request_models import Possessor, TraceRequest, TraceStep
from headstamp.web.traces.result_models import TracePeople, TraceResult, TraceTable

__all__ = ["Possessor", "TracePeople", "TraceRequest", "TraceResult", "TraceStep", "TraceTable"]
