//! Agreement with queueing theory, as far as every test run goes.

use super::theory::verify;

#[test]
fn single_servers_agree_with_the_formulas() {
    verify("queueing_open", "mm1-");
}

#[test]
fn several_servers_agree_with_erlang_c() {
    verify("queueing_open", "mmc-");
}

#[test]
fn finite_places_agree_with_the_formulas() {
    verify("queueing_open", "mmck-");
}

#[test]
fn general_service_agrees_with_pollaczek_and_khinchine() {
    verify("queueing_open", "mg1-");
}

#[test]
fn deterministic_service_agrees_with_crommelin() {
    verify("queueing_open", "mdc-");
}

#[test]
fn general_arrivals_agree_with_the_formulas() {
    verify("queueing_open", "gm1-");
}

#[test]
fn priorities_at_one_server_agree_with_cobham() {
    verify("queueing_open", "prio-np-");
}

#[test]
fn priorities_at_several_servers_agree_with_the_formulas() {
    verify("queueing_open", "prio-mmc-");
}

#[test]
fn bays_give_one_answer_whatever_the_law_of_travel() {
    verify("queueing_closed", "repair-");
}

#[test]
fn rings_of_stations_agree_with_gordon_and_newell() {
    for case in ["closed-1", "closed-2", "closed-3"] {
        verify("queueing_closed", case);
    }
}

#[test]
fn two_classes_agree_with_the_product_form() {
    verify("queueing_closed", "closed-multi-1");
}

#[test]
fn stations_in_tandem_agree_with_jackson() {
    verify("queueing_networks", "tandem-");
}

#[test]
fn customers_who_come_back_agree_with_jackson() {
    verify("queueing_networks", "feedback-");
}

#[test]
fn lost_requests_agree_with_erlang_b_whatever_the_law_of_holding() {
    verify("queueing_networks", "erlang-b-");
}

#[test]
fn requests_for_several_units_agree_with_the_markov_chain() {
    verify("queueing_networks", "semaphore-");
}

#[test]
fn a_periodic_gate_agrees_with_the_formulas() {
    verify("queueing_networks", "gate-");
}

#[test]
fn a_server_with_vacations_agrees_with_the_decomposition() {
    verify("queueing_networks", "vacation-");
}

#[test]
fn a_server_that_breaks_down_agrees_with_the_formula() {
    verify("queueing_networks", "breakdown-");
}

#[test]
fn systems_far_from_their_steady_state_agree_with_the_differential_equations() {
    verify("queueing_transient", "");
}
