*** Settings ***
Documentation     A form with a field that no word finds: filled for many records. `PAGE` chooses the version of the page,
...               `EXPECTED_CALLS` says how many model calls the whole suite may make.

Library           SeleniumLibrary
Library           GenFlowLibrary

Suite Teardown    Close All Browsers


*** Variables ***
${BROWSER}           %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}           add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
${PAGE}              account.html
${EXPECTED_CALLS}    1


*** Tasks ***
Fill The Form For Every Record
    Open Browser    about:blank    ${BROWSER}    options=${OPTIONS}
    VAR    ${calls}    ${0}
    FOR    ${number}    IN RANGE    10001    10006
        Go To    ${PAGES}/${PAGE}
        ${outcome} =    Fill Form    submit=Save refund    Order number=GF-${number}    Kontierung=${number - 6000}
        Should Contain    ${outcome.message}    Refund saved
        Textfield Value Should Be    name:cost_centre    ${{str($number - 6000)}}
        VAR    ${calls}    ${calls + ${outcome.model_calls}}
    END
    Should Be Equal As Integers    ${calls}    ${EXPECTED_CALLS}
