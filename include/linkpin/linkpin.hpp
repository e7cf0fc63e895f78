// All of linkpin but two things that ask for a library of their own: reading and writing (linkpin/io, nlohmann-json)
// and the views for Boost.Graph's algorithms (linkpin/model/boost.hpp).
#pragma once

#include <linkpin/assess/scorecard.hpp>
#include <linkpin/core/config.hpp>
#include <linkpin/core/error.hpp>
#include <linkpin/core/ids.hpp>
#include <linkpin/core/numeric.hpp>
#include <linkpin/core/parallel.hpp>
#include <linkpin/core/provenance.hpp>
#include <linkpin/core/random.hpp>
#include <linkpin/core/run.hpp>
#include <linkpin/instruments/partner.hpp>
#include <linkpin/instruments/questionnaire.hpp>
#include <linkpin/measures/brokerage.hpp>
#include <linkpin/measures/communities.hpp>
#include <linkpin/measures/components.hpp>
#include <linkpin/measures/convergence.hpp>
#include <linkpin/measures/core_periphery.hpp>
#include <linkpin/measures/holes.hpp>
#include <linkpin/measures/key_players.hpp>
#include <linkpin/measures/mixing.hpp>
#include <linkpin/measures/paths.hpp>
#include <linkpin/measures/spectral.hpp>
#include <linkpin/measures/structure.hpp>
#include <linkpin/model/columns.hpp>
#include <linkpin/model/ecosystem.hpp>
#include <linkpin/model/kinds.hpp>
#include <linkpin/model/lens.hpp>
#include <linkpin/model/network.hpp>
#include <linkpin/model/observed.hpp>
#include <linkpin/model/projection.hpp>
#include <linkpin/model/selection.hpp>
#include <linkpin/model/strings.hpp>
#include <linkpin/model/time.hpp>
#include <linkpin/statistics/inequality.hpp>
