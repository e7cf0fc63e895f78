// The private extension linkpin._core: one file per subject registers itself here.
#include <boost/version.hpp>
#include <linkpin/core/config.hpp>
#include <linkpin/core/error.hpp>

#include "common.hpp"

namespace linkpin::python {

void register_agreement(py::module_& m);
void register_arrow(py::module_& m);
void register_inequality(py::module_& m);
void register_instruments(py::module_& m);
void register_io(py::module_& m);
void register_model(py::module_& m);
void register_scorecard(py::module_& m);
void register_brokerage(py::module_& m);
void register_cognitive(py::module_& m);
void register_diffusion(py::module_& m);
void register_communities(py::module_& m);
void register_holes(py::module_& m);
void register_components(py::module_& m);
void register_composite(py::module_& m);
void register_core_periphery(py::module_& m);
void register_key_players(py::module_& m);
void register_credit(py::module_& m);
void register_main_path(py::module_& m);
void register_missing(py::module_& m);
void register_pathways(py::module_& m);
void register_reach(py::module_& m);
void register_reliability(py::module_& m);
void register_mixing(py::module_& m);
void register_opinions(py::module_& m);
void register_partnerships(py::module_& m);
void register_paths(py::module_& m);
void register_percolation(py::module_& m);
void register_reconcile(py::module_& m);
void register_divide(py::module_& m);
void register_lags(py::module_& m);
void register_levels(py::module_& m);
void register_lived(py::module_& m);
void register_participation(py::module_& m);
void register_representation(py::module_& m);
void register_reconstruct(py::module_& m);
void register_boards(py::module_& m);
void register_ranking(py::module_& m);
void register_spectral(py::module_& m);
void register_structure(py::module_& m);
void register_bootstrap(py::module_& m);
void register_contribution(py::module_& m);
void register_power(py::module_& m);
void register_qap(py::module_& m);
void register_tests(py::module_& m);
void register_survival(py::module_& m);
void register_voting(py::module_& m);
void register_feedback(py::module_& m);
void register_funding(py::module_& m);
void register_publication(py::module_& m);
void register_suppression(py::module_& m);
void register_use(py::module_& m);
void register_watering(py::module_& m);
void register_waves(py::module_& m);

namespace {

void register_errors(py::module_& m) {
  static py::exception<Error> base(m, "Error", PyExc_Exception);
  static py::exception<InputError> input(m, "InputError", py::make_tuple(base, py::handle(PyExc_ValueError)));
  static py::exception<LimitError> limit(m, "LimitError", py::make_tuple(input, py::handle(PyExc_OverflowError)));
  static py::exception<FileError> file(m, "FileError", py::make_tuple(input, py::handle(PyExc_OSError)));
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const Cancelled&) {
      PyErr_SetNone(PyExc_KeyboardInterrupt);
    } catch (const LimitError& e) {
      py::set_error(limit, e.what());
    } catch (const FileError& e) {
      py::set_error(file, e.what());
    } catch (const InputError& e) {
      py::set_error(input, e.what());
    } catch (const Error& e) {
      py::set_error(base, e.what());
    }
  });
}

}  // namespace

PYBIND11_MODULE(_core, m) {
  m.doc() = "The C++ core of linkpin; private: use the package linkpin.";
  m.attr("__version__") = LINKPIN_VERSION;
  m.attr("__boost__") = BOOST_LIB_VERSION;
  register_errors(m);
  register_model(m);  // first: others name its types in their signatures
  register_agreement(m);
  register_arrow(m);
  register_inequality(m);
  register_instruments(m);
  register_io(m);
  register_scorecard(m);
  register_brokerage(m);
  register_cognitive(m);
  register_diffusion(m);
  register_communities(m);
  register_holes(m);
  register_components(m);
  register_composite(m);
  register_core_periphery(m);
  register_key_players(m);
  register_credit(m);
  register_main_path(m);
  register_missing(m);
  register_pathways(m);
  register_use(m);
  register_watering(m);
  register_reach(m);
  register_reliability(m);
  register_mixing(m);
  register_opinions(m);
  register_partnerships(m);
  register_paths(m);
  register_percolation(m);
  register_reconcile(m);
  register_divide(m);
  register_lags(m);
  register_levels(m);
  register_lived(m);
  register_participation(m);
  register_representation(m);
  register_reconstruct(m);
  register_boards(m);
  register_ranking(m);
  register_spectral(m);
  register_structure(m);
  register_bootstrap(m);
  register_contribution(m);
  register_power(m);
  register_qap(m);
  register_tests(m);
  register_survival(m);
  register_voting(m);
  register_feedback(m);
  register_funding(m);
  register_publication(m);
  register_suppression(m);
  register_waves(m);
}

}  // namespace linkpin::python
