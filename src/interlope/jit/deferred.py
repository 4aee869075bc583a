"""Deferred: Numba's compiler, changed so that inner kernels are optimised once, in the kernel with an entry that calls them.

Numba by itself optimises every kernel when it is compiled, links it into each kernel that calls it, optimises it there again, and
makes all of them machine code. Here an inner kernel stays as it was written (unoptimised LLVM code) until a kernel with an entry from
Python is compiled, which holds them all and is optimised once: the same bits, in three fifths of the time (decision 0012). This goes
through Numba's door for compilers of one's own (`pipeline_class`) and leans on private classes behind that door. Nothing but `linking`
imports this file, and only under a Numba on which it was tried.

While an inner kernel is compiled, Numba's answers to "what does this operator return for arguments of these types?" are remembered: it
asks twenty times as often as there are different questions, and looks through all overloads each time (a fifth of the time).
"""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from numba.core import codegen, compiler, typed_passes
from numba.core.compiler_machinery import register_pass
from numba.core.types import functions

_functions: Any = import_module("numba._dynfunc")
# Passes for what kernels do not hold: closures, contexts, unrolled literals, exceptions, arithmetic on whole arrays; and the marks of
# where a name is last used, which count references.
IDLE_PASSES = {"WithLifting", "InlineClosureLikes", "RewriteDynamicRaises", "MakeFunctionToJitFunction", "InlineInlinables",
               "FindLiterallyCalls", "LiteralUnroll", "LiteralPropagationSubPipelinePass", "NopythonRewrites",
               "NoPythonSupportedFeatureValidation", "IRLegalization"}
LEANED_ON = (  # (owner, what is called or overridden, its arguments or None); a Numba with others compiles the plain way
    (codegen.JITCodeLibrary, "finalize", ("self",)),
    (codegen.JITCodeLibrary, "_optimize_functions", ("self", "ll_module")),
    (codegen.JITCodeLibrary, "_get_module_for_linking", ("self",)),
    (codegen.CPUCodegen, "_function_pass_manager", ("self",)),
    (compiler.CompilerBase, "__init__", ("self", "typingctx", "targetctx", "library", "args", "return_type", "flags", "locals")),
    (compiler.CompilerBase, "define_pipelines", ("self",)),
    (compiler.DefaultPassBuilder, "define_nopython_pipeline", ("state", "name")),
    (typed_passes.NativeLowering, "run_pass", ("self", "state")),
    (compiler.CompilerBase, "compile_extra", ("self", "func")),
    (functions.BaseFunction, "get_call_type", ("self", "context", "args", "kws")),
    (functions.BaseFunction, "get_impl_key", ("self", "sig")),
    (compiler, "_LowerResult", None),
    (compiler, "Flags", None),
    (_functions, "make_function", None),
)


def is_as_expected() -> bool:
    """Whether Numba has what is leaned on, with these arguments."""
    for owner, name, arguments in LEANED_ON:
        code = getattr(getattr(owner, name, None), "__code__", None)
        if not hasattr(owner, name) or (arguments and (code is None or code.co_varnames[: code.co_argcount] != arguments)):
            return False
    return True


class DeferredLibrary(codegen.JITCodeLibrary):
    """The code of an inner kernel and of all it calls, neither optimised nor made machine code."""

    def finalize(self) -> None:
        """Nothing more is added; what it calls is linked in when a caller asks for it all."""
        self._finalized = True

    def _optimize_functions(self, ll_module: Any) -> None:
        """As Numba's, but with one list of passes for all, and none for functions that are only declared."""
        ll_module.data_layout = self._codegen._data_layout
        passes, builder = self._codegen._function_pass_manager()
        for function in ll_module.functions:
            if not function.is_declaration:
                passes.run(function, builder)

    def _get_module_for_linking(self) -> Any:
        if self._shared_module is None:
            for library in dict.fromkeys(self._linking_libraries):
                self._final_module.link_in(library._get_module_for_linking(), preserve=True)
            super()._get_module_for_linking()
        return self._shared_module


@register_pass(mutates_CFG=True, analysis_only=False)
class DeferredLowering(typed_passes.NativeLowering):
    """Lowering into a DeferredLibrary. Other kernels find it by a key that stands where a function callable from Python would."""

    _name = "deferred_lowering"

    def run_pass(self, state: Any) -> Any:
        """Lower one kernel."""
        state.library = DeferredLibrary(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        descriptor, helper, _, environment = state["cr"]
        key = _functions.make_function(descriptor.lookup_module(), descriptor.qualname, "", 0, environment, (state.library,))
        state.targetctx.insert_user_function(key, descriptor, [state.library])
        state["cr"] = compiler._LowerResult(descriptor, helper, cfunc=key, env=environment)
        return True


class Flags(compiler.Flags):
    """Numba's flags, compared by what was set: Numba looks at each of some twenty options a quarter of a million times."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(Flags)

    def __eq__(self, other: object) -> bool:
        return self._values == other._values if isinstance(other, Flags) else super().__eq__(other)


_resolve_anew: Any = functions.BaseFunction.get_call_type


def _resolve(function: Any, context: Any, args: Any, kws: Any) -> Any:
    """The signature of one of Numba's functions for these types; it stands beside the implementation that Numba remembers by itself."""
    if kws or function._depth:  # named arguments; a search that is under way
        return _resolve_anew(function, context, args, kws)
    signatures = function.__dict__.setdefault("_interlope_signatures", {})
    if args not in signatures:
        signatures[args] = _resolve_anew(function, context, args, kws)
    return signatures[args]


@contextmanager
def remembered() -> Iterator[None]:
    """While this lasts, under Numba's compiler lock, signatures of Numba's functions are looked for once; other code sees nothing of it."""
    owner: Any = functions.BaseFunction
    before = owner.get_call_type
    owner.get_call_type = _resolve
    try:
        yield
    finally:
        owner.get_call_type = before


class DeferredCompiler(compiler.CompilerBase):
    """Numba's compiler with these changes."""

    def __init__(self, typingctx: Any, targetctx: Any, library: Any, args: Any, return_type: Any, flags: Any, locals: Any):
        super().__init__(typingctx, targetctx, library, args, return_type, Flags(flags), locals)

    def compile_extra(self, func: Any) -> Any:
        """Compile one kernel, and within it those it calls."""
        with remembered():
            return super().compile_extra(func)

    def define_pipelines(self) -> list[Any]:
        """The passes of Numba's own pipeline less those that find nothing here, with ours in the place of the last."""
        passes = compiler.DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.passes = [(DeferredLowering if step is typed_passes.NativeLowering else step, why) for step, why in passes.passes
                         if step.__name__ not in IDLE_PASSES]
        passes._finalized = False
        passes.finalize()
        return [passes]
