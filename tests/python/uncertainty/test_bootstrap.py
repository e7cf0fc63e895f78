"""Intervals as a user calls them."""

import linkpin as lp
import numpy as np
import pytest


def survey(seed=1, n=20, chance=0.2, **more):
    rng = np.random.default_rng(seed)
    source, target = np.nonzero((rng.random((n, n)) < chance) & ~np.eye(n, dtype=bool))
    names = [f"org{i}" for i in range(n)]
    groups = ["council" if i % 2 else "carer" for i in range(n)]
    return lp.Network.from_edges(
        [names[i] for i in source],
        [names[i] for i in target],
        nodes=names,
        groups=groups,
        attributes={"confidence": rng.uniform(0.5, 1, len(source))} | more,
    )


def test_one_number_with_its_interval():
    net = survey()
    result = lp.bootstrap(net, lp.density, replicates=400, seed=1)
    assert result.value == lp.density(net).value
    low, high = result.interval
    assert low < result.value < high
    assert result.interval_of == "vertices"
    assert result.draws.shape == (400, 1)
    assert (low, high) == pytest.approx(tuple(np.quantile(result.draws, [0.025, 0.975])))
    assert result.standard_error == pytest.approx(result.draws.std(ddof=1))
    assert 0 < result.monte_carlo_error < high - low
    assert result.replicates == 400
    assert result.seed == 1
    assert "percentile" in result.method
    assert "vertices" in result.method
    assert "Snijders" in result.reference
    assert "Efron" in lp.bootstrap.__doc__


@pytest.mark.parametrize("resample", ["vertices", "ties", "reports", "jackknife"])
@pytest.mark.parametrize("interval", ["percentile", "basic", "bca"])
def test_every_method_gives_an_interval(resample, interval):
    result = lp.bootstrap(
        survey(),
        lp.reciprocity,
        resample,
        interval,
        replicates=100,
        seed=2,
        unreported=0.05,
        false_positive=0.02,
        false_negative=0.1,
    )
    assert result.interval[0] < result.interval[1]
    assert resample in result.method
    assert result.interval_of == ("vertices" if resample == "jackknife" else resample)


def test_a_measure_by_name_by_itself_and_as_a_callable_are_one():
    net = survey()
    by_function = lp.bootstrap(net, lp.density, replicates=50, seed=3)
    by_name = lp.bootstrap(net, "density", replicates=50, seed=3)
    by_callable = lp.bootstrap(net, lambda g: lp.density(g).value, replicates=50, seed=3)
    by_result = lp.bootstrap(net, lambda g: lp.density(g), replicates=50, seed=3)
    for other in (by_name, by_callable, by_result):
        np.testing.assert_array_equal(other.draws, by_function.draws)


def test_several_measures_share_their_replicates():
    net = survey()
    both = lp.bootstrap(net, [lp.density, "reciprocity", lp.ei_index], groups="group", replicates=50, seed=3)
    assert both.table["score"].tolist() == ["density", "reciprocity", "ei_index"]
    np.testing.assert_array_equal(both.draws[:, 0], lp.bootstrap(net, lp.density, replicates=50, seed=3).draws[:, 0])
    with pytest.raises(lp.InputError, match="measures of one number"):
        lp.bootstrap(net, [lp.density, lp.degree])
    with pytest.raises(lp.InputError, match="one callable instead"):
        lp.bootstrap(net, [lp.density, lambda g: 1.0])


def test_groups_go_along():
    net = survey()
    by_column = lp.bootstrap(net, lp.ei_index, groups="group", replicates=50, seed=4)
    labels = net.vertices["group"].tolist()
    by_labels = lp.bootstrap(net, lp.ei_index, groups=labels, replicates=50, seed=4)
    by_callable = lp.bootstrap(net, lambda g: lp.ei_index(g, "group"), replicates=50, seed=4)
    np.testing.assert_array_equal(by_column.draws, by_labels.draws)
    np.testing.assert_array_equal(by_column.draws, by_callable.draws)
    with pytest.raises(lp.InputError, match="needs groups"):
        lp.bootstrap(net, lp.ei_index)


def test_threads_give_the_same_numbers():
    net = survey(n=40)
    draws = [lp.bootstrap(net, "transitivity", replicates=200, seed=5, threads=t).draws for t in (1, 2, 8)]
    np.testing.assert_array_equal(draws[0], draws[1])
    np.testing.assert_array_equal(draws[0], draws[2])


def test_scores_by_vertex_have_ranks_from_ties_and_none_from_vertices():
    net = survey()
    with pytest.raises(lp.InputError, match="36 %"):
        lp.bootstrap(net, lp.degree)
    result = lp.bootstrap(net, lp.degree, "ties", replicates=200, seed=6)
    np.testing.assert_array_equal(result.values, lp.degree(net).values)
    table = result.table
    assert table["id"].tolist() == net.names
    assert (table["rank_low"] <= table["rank_high"]).all()
    assert table["tier"].min() == 1
    assert result.interval.columns == ["id", "low", "high"]
    assert any("deletion only" in w for w in result.warnings)
    top = int(np.argmax(result.values))
    low = int(np.argmin(result.values))
    needed = lp.answers_needed(result, net.names[top], net.names[low])
    assert needed.value == 0
    middle = np.argsort(result.values)[len(result.values) // 2 : len(result.values) // 2 + 2]
    close = lp.answers_needed(result, *(net.names[i] for i in middle))
    assert close.value > 0
    with pytest.raises(lp.InputError, match="no vertex has this name"):
        lp.answers_needed(result, "nobody", net.names[0])
    with pytest.raises(lp.InputError, match="same as first"):
        lp.answers_needed(result, net.names[0], net.names[0])


def test_confidence_by_column_by_array_and_by_beta():
    net = survey(a=np.full(len(survey().sources), 3.0), b=np.full(len(survey().sources), 1.0))
    by_array = lp.bootstrap(net, "density", "ties", confidence=np.full(net.m, 0.75), replicates=300, seed=7)
    by_beta = lp.bootstrap(net, "density", "ties", beta=("a", "b"), replicates=300, seed=7)
    np.testing.assert_array_equal(by_array.draws, by_beta.draws)
    assert by_array.mean == pytest.approx(0.75 * lp.density(net).value, rel=0.05)
    with pytest.raises(lp.InputError, match="confidence"):
        lp.bootstrap(net, "density", "ties", confidence="trust")


def test_reports_need_error_rates_and_take_both_ends_of_an_ecosystem():
    net = survey()
    with pytest.raises(lp.InputError, match="how often reports err"):
        lp.bootstrap(net, "density", "reports")
    other = lp.Network.from_edges(
        [net.names[i] for i in net.sources], [net.names[i] for i in net.targets], nodes=net.names
    )
    one = lp.bootstrap(net, "density", "reports", replicates=300, seed=8, false_positive=0.05, false_negative=0.2)
    two = lp.bootstrap(
        net, "density", "reports", replicates=300, seed=8, false_positive=0.05, false_negative=0.2, others=[other]
    )
    assert two.standard_error < one.standard_error


def test_who_did_not_answer_widens_the_interval():
    rng = np.random.default_rng(9)
    n = 20
    tied = (rng.random((n, n)) < 0.2) & ~np.eye(n, dtype=bool)
    answered = np.ones(n, dtype=bool)
    answered[:6] = False
    full = lp.Network.from_edges(*np.nonzero(tied), nodes=n)
    some = lp.Network.from_edges(*np.nonzero(tied & answered[:, None]), nodes=n, observed=answered)
    errors = {"false_positive": 0.01, "false_negative": 0.05, "replicates": 300, "seed": 1}
    a = lp.bootstrap(full, "density", "reports", **errors)
    b = lp.bootstrap(some, "density", "reports", **errors)
    assert b.standard_error > 1.5 * a.standard_error
    assert b.interval_of == "reports and non-response"


def test_bad_statistics_are_named():
    net = survey()
    with pytest.raises(lp.InputError, match="return a number"):
        lp.bootstrap(net, lambda g: "many")
    with pytest.raises(lp.InputError, match="value = NoneType"):
        lp.bootstrap(net, lambda g: None)
    with pytest.raises(lp.InputError, match="result of triad_census"):
        lp.bootstrap(net, lp.triad_census)
    with pytest.raises(lp.InputError, match="choose one of"):
        lp.bootstrap(net, "wealth")
    with pytest.raises(lp.InputError, match="choose one of"):
        lp.bootstrap(net, "density", "dreams")
    with pytest.raises(ZeroDivisionError):
        lp.bootstrap(net, lambda g: 1 / (g.n - net.n) if g.names != net.names else 1.0)
    with pytest.raises(lp.InputError, match="already derived"):
        lp.bootstrap(net, "density", rule="union")


def test_results_travel():
    import pickle

    result = lp.bootstrap(survey(), "density", replicates=50, seed=1)
    again = pickle.loads(pickle.dumps(result))
    assert again == result
    assert again.interval == result.interval


def test_measured_coverage_is_told():
    net = survey(n=30)
    honest = lp.bootstrap(net, lp.density, "reports", replicates=50, seed=1, false_positive=0.02, false_negative=0.1)
    assert honest.coverage.n == 30
    assert 0.93 <= honest.coverage.independent <= 0.97
    assert not any("held the true value" in w for w in honest.warnings)
    poor = lp.bootstrap(net, lp.density, "ties", "basic", replicates=50, seed=1)
    assert poor.coverage.independent < 0.5
    assert any("held the true value" in w for w in poor.warnings)
    unknown = lp.bootstrap(net, lp.mean_distance, replicates=50, seed=1)
    assert unknown.coverage is None
    assert any("not measured" in w for w in unknown.warnings)
    assert "Measured coverage" in lp.bootstrap.__doc__
    several = lp.bootstrap(net, ["density", "centralization", "mean_distance"], "vertices", "bca", 50, seed=1)
    assert several.table["covers"][1] < 0.9
    assert np.isnan(several.table["covers"][2])
    assert any(w.startswith("centralization: such intervals held") for w in several.warnings)
    assert any(w.endswith("not measured for mean_distance") for w in several.warnings)
    ranks = lp.bootstrap(net, lp.betweenness, "ties", replicates=50, seed=1, unreported=0.01)
    assert ranks.coverage.n == ranks.rank_coverage.n == 30


def test_every_pair_of_score_and_method_says_what_it_covers():
    measured = ["density", "reciprocity", "ei_index", "centralization", "centralization_betweenness", "transitivity"]
    measured += ["assortativity", "degree_assortativity", "gini"]
    net = survey(n=10, chance=0.3)
    lines = lp.bootstrap.__doc__
    for resample in ("vertices", "jackknife", "ties", "reports"):
        for interval in ("percentile", "basic", "bca"):
            for name in measured:
                result = lp.bootstrap(
                    net,
                    name,
                    resample,
                    interval,
                    groups="group",
                    replicates=20,
                    seed=1,
                    unreported=0.01,
                    false_positive=0.02,
                    false_negative=0.15,
                )
                low, high = sorted(result.coverage[:2])
                warned = any("held the true value" in w for w in result.warnings)
                assert warned == (low < 0.93 or high > 0.97), (name, resample, interval)
            words = "jackknife" if resample == "jackknife" else f"{resample} {interval}"
            assert words in " ".join(lines.split())


def test_respondents_err_at_their_own_rates():
    # One respondent in two tells of every other tie only, and is known to: their ties are filled in, not the others'.
    rng = np.random.default_rng(3)
    n = 40
    names = [f"org{i}" for i in range(n)]
    truth = (rng.random((n, n)) < 0.2) & ~np.eye(n, dtype=bool)
    forgetful = np.arange(n) % 2 == 1
    told = truth & ~(forgetful[:, None] & (rng.random((n, n)) < 0.5))
    source, target = np.nonzero(told)
    net = lp.Network.from_edges([names[i] for i in source], [names[i] for i in target], nodes=names)
    missed = {name: 0.5 if f else 0.0 for name, f in zip(names, forgetful, strict=True)}
    own = lp.bootstrap(net, "outdegree", "reports", replicates=200, seed=1, false_positive=0.0, false_negative=missed)
    draws = own.draws
    assert (draws[:, ~forgetful] == told.sum(axis=1)[~forgetful]).all()
    filled = draws[:, forgetful].mean()
    assert abs(filled - truth[forgetful].sum(axis=1).mean()) < 0.8
    alike = lp.bootstrap(
        net, "outdegree", "reports", replicates=50, seed=1, false_positive=0.0, false_negative=dict.fromkeys(names, 0.3)
    )
    plain = lp.bootstrap(net, "outdegree", "reports", replicates=50, seed=1, false_positive=0.0, false_negative=0.3)
    np.testing.assert_array_equal(alike.draws, plain.draws)
    with pytest.raises(lp.InputError, match="'org1' has no rate"):
        lp.bootstrap(net, "density", "reports", false_positive=0.0, false_negative={"org0": 0.1})
    with pytest.raises(lp.InputError, match="org1"):
        lp.bootstrap(net, "density", "reports", false_positive=0.5, false_negative=missed | {"org1": 0.6})


def test_progress_of_two_sets_of_replicates_never_falls_back():
    for call in (
        lambda told: lp.bootstrap(survey(n=60), "centralization_betweenness", "vertices", "bca", 2000, progress=told),
        lambda told: lp.scorecard(survey(n=60), replicates=300, progress=told),
    ):
        shares = []
        call(shares.append)
        assert shares == sorted(shares)
        assert all(0 <= share <= 1 for share in shares)
