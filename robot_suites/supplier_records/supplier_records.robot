*** Settings ***
Documentation     A robot enters suppliers from a table into the long supplier form of the practice office.
...
...               A row that the form or the office does not take is a business exception: it is collected with the reason,
...               reported at the end, and written to *rejected_suppliers.csv* for the person who keeps the table.

Resource          supplier_records.resource

Suite Setup       Open The Office    /suppliers
Suite Teardown    Close The Office


*** Tasks ***
Enter Every Supplier
    [Documentation]    Rows that are refused do not stop the others.
    @{rows} =    Read Table    ${SUPPLIERS}
    FOR    ${number}    ${row}    IN ENUMERATE    @{rows}    start=1
        TRY
            Enter Supplier    ${row}
        EXCEPT    ${BREAKDOWN}    type=GLOB    AS    ${problem}
            Run Keyword And Continue On Failure    Fail    Row ${number} was neither entered nor refused: ${problem}
        EXCEPT    ${REFUSED BY THE OFFICE}    ${REFUSED BY THE FORM}    ${INCOMPLETE}    type=GLOB    AS    ${problem}
            Collect Rejected Row    ${number}    ${row}    ${problem}
        END
    END

Report What Was Rejected
    [Documentation]    Warns of every rejected row and writes the table for its keeper.
    Write Rejected Rows
    FOR    ${row}    IN    @{REJECTED}
        Log    Row ${row.row}, ${row.supplier}: ${row.problem}    level=WARN
    END

Account For Every Row
    [Documentation]    Entered and rejected rows together are all rows, and the office lists those that were entered.
    @{rows} =    Read Table    ${SUPPLIERS}
    @{listed} =    Find Entered Suppliers
    ${accounted} =    Evaluate    len($listed) + len($REJECTED)
    Should Be Equal As Integers    ${accounted}    ${{ len($rows) }}    Rows are lost: entered and rejected together are


*** Keywords ***
Enter Supplier
    [Documentation]    Fills in the form with one row of the table, and saves it.
    [Arguments]    ${row}
    ${record} =    Make Supplier Record    ${row}
    Go To    ${OFFICE}/suppliers/new
    Fill Form    ${record}    form=css:#supplier    submit=Save supplier
    Element Should Contain    tag:h1    Supplier saved
