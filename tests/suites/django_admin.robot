*** Settings ***
Documentation     Shipments are recorded, changed and refused in a freight office that runs on Django's admin. The runner sets
...               FREIGHT_ADDRESS, FREIGHT_PASSWORD and WAYBILL in the environment, and reads the office's database afterwards.

Library           SeleniumLibrary
Library           GenFlowLibrary    engine=embedded

Suite Setup       Log In
Suite Teardown    Close All Browsers


*** Variables ***
${BROWSER}             %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}             add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage");add_argument("--window-size=1280,1000")
${OFFICE}              %{FREIGHT_ADDRESS}
${PASSWORD: Secret}    %{FREIGHT_PASSWORD}
# A new shipment.
@{HANDLING}            Keep dry    Weigh again    Do not stack
@{NOTIFY}              Cleo Field    Ada Brook
&{SHELF}               Product=Oak shelf    Quantity=3    Unit price=12.50    Packed on=2026-04-01
&{LONG SHELF}          Product=Oak shelf, long    Quantity=1    Unit price=99    Hazardous=yes
&{LAMP}                Product=Reading lamp    Quantity=12    Unit price=19.90
@{LINES}               ${SHELF}    ${LONG SHELF}    ${LAMP}
@{CHECKS}              Weigh again    Keep upright
&{LAHTI}               City=Lahti    Arrives=2026-04-03 18:00    Note=Gate 4    Checks=Keep dry
&{KOUVOLA}             City=Kouvola    Arrives=2026-04-04 08:30    Checks=${CHECKS}
@{STOPS}               ${LAHTI}    ${KOUVOLA}
# What is changed in the old one: its first line, none of the second, and a third that is new.
@{OTHER HANDLING}      Keep dry    Two people lift
&{MORE BENCHES}        Quantity=3    Packed on=2026-03-01
&{ONE SHELF}           Product=Oak shelf    Quantity=1    Unit price=5
@{CHANGED LINES}       ${MORE BENCHES}    ${None}    ${ONE SHELF}
&{GONE}                Delete=yes
@{SECOND LINE GONE}    ${None}    ${GONE}    ${None}
# What nobody can take.
&{HALF A LINE}         Quantity=5
@{HALF LINES}          ${None}    ${None}    ${HALF A LINE}
&{GREEN}               Colour=green
@{GREEN LINES}         ${GREEN}    ${None}
@{TOO FEW LINES}       ${HALF A LINE}


*** Tasks ***
Record A Shipment
    Go To    ${OFFICE}freight/shipment/add/
    ${outcome} =    Fill Form    submit=Save
    ...    Reference=FR-20002    Customer=Alder Mill    Carrier=Northern Road    Depot=2    Service=Express
    ...    Status=Booked    Insured=no    Fragile=yes    Temperature controlled=Yes    Pieces=7
    ...    Weight=1250.5    Declared value=1999.90    Handling=${HANDLING}    Ready on=2026-04-02
    ...    Collection=2026-04-03 14:30    Delivery deadline=2026-05-11T09:05    Closing time=17:45
    ...    Tracking page=https://example.org/t/1    Contact email=dock@example.org    Notify=${NOTIFY}
    ...    Waybill=%{WAYBILL}    Instructions=Ring twice.\nWait at the gate.    Customs code=4407
    ...    Export licence=EX-7    Order lines=${LINES}    Stops=${STOPS}
    Should Contain    ${outcome.message}    was added successfully
    Should Be Equal    ${outcome.model_calls}    ${0}
    Length Should Be    ${outcome.fields}    46
    FOR    ${field}    IN    @{outcome.fields}
        Should Be True    $field.status in ('filled', 'unchanged')    ${field}
    END

Change A Shipment
    Open Shipment    FR-10001
    ${outcome} =    Fill Form    submit=Save    Customer=Cedar Works    Carrier=Harbour Line
    ...    Handling=${OTHER HANDLING}    Fragile=no    Notify=Ada Brook    Collection=2026-03-05 10:00
    ...    Instructions=${EMPTY}    Customs code=9999    Order lines=${CHANGED LINES}
    Should Contain    ${outcome.message}    was changed successfully

Take A Line Away
    Open Shipment    FR-10001
    Fill Form    submit=Save    Order lines=${SECOND LINE GONE}

A Refused Save Names The Field
    Open Shipment    FR-10001
    Refused    *Shipment with this Reference already exists*    Reference=FR-20002
    Refused    *Depot: Select a valid choice*    Reference=FR-10001    Depot=99
    Refused    *Product: This field is required*Unit price: This field is required*    Depot=3    Order lines=${HALF LINES}

What Cannot Go In Is Refused Before It Is Sent
    Open Shipment    FR-10001
    Refused    *'Customer' *no option 'Nobody'*'Alder Mill'*    Customer=Nobody
    Refused    *'Handling' has no option 'Glue'*    Handling=Glue
    Refused    *'Collection'*write the date with its time*    Collection=2026-03-05
    Refused    *'Ready on'*can be read in two ways*    Ready on=03/04/2026
    Refused    *'Date' fits *equally well*    Date=2026-03-05

Lines That Fit No Rows Are Refused
    Open Shipment    FR-10001
    Refused    *'Order lines[[]1].Colour'*    Order lines=${GREEN LINES}
    Refused    *row 2 of the form holds something*    Order lines=${TOO FEW LINES}
    Refused    *'Passengers'*no rows of the form*    Passengers=${GREEN LINES}

The Other Save Buttons Are Pressed When They Are Named
    Open Shipment    FR-10001
    ${outcome} =    Fill Form    submit=Save and continue editing    Pieces=5
    Should Contain    ${outcome.message}    You may edit it again below
    ${outcome} =    Fill Form    submit=Save and add another    Pieces=6
    Should Contain    ${outcome.message}    You may add another shipment below
    Location Should Be    ${OFFICE}freight/shipment/add/

Read A Shipment
    Open Shipment    FR-20002
    ${values} =    Read Form
    Should Be Equal    ${values}[Customer]    Alder Mill
    Should Be Equal    ${values}[Handling]    Do not stack, Keep dry, Weigh again
    Should Be Equal    ${values}[Insured]    no
    Should Be Equal    ${values}[Times / Collection: Time]    14:30:00
    ${fields} =    Get Form Fields
    VAR    ${kinds}    ${{ [f['kind'] for f in $fields if f['label'] in ('Handling', 'Ready on', 'Notify', 'Waybill')] }}
    Should Be Equal    ${kinds}    ${{ ['duallist', 'datepicker', 'combobox', 'file'] }}
    Should Be True    not any('prefix' in str(field) for field in $fields)

Point At What Is Meant
    Open Shipment    FR-20002
    Element Attribute Value Should Be    gen:the Save button    name    _save
    Element Attribute Value Should Be    gen:the Reference field    id    id_reference
    Page Should Not Contain Element    id:stop_set-2
    Click Element    gen:the Add another Stop link
    Page Should Contain Element    id:stop_set-2


*** Keywords ***
Log In
    Open Browser    ${OFFICE}    ${BROWSER}    options=${OPTIONS}
    ${outcome} =    Fill Form    Username=clerk    Password=${PASSWORD}    submit=Log in
    Should Be Equal    ${outcome.message}    Site administration

Open Shipment
    [Arguments]    ${reference}
    Go To    ${OFFICE}freight/shipment/
    Click Link    ${reference}

Refused
    [Arguments]    ${error}    &{data}
    Run Keyword And Expect Error    ${error}    Fill Form    ${data}    submit=Save
