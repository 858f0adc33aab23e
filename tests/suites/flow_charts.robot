*** Settings ***
Documentation       Flow charts on the embedded engine: of lists in three languages and of a suite, into files, log.html and a PNG.
Library             OperatingSystem
Library             SeleniumLibrary
Library             GenFlowLibrary    engine=embedded


*** Variables ***
${BROWSER}          %{GENFLOW_BROWSER=headlesschrome}
${OPTIONS}          add_argument("--no-sandbox");add_argument("--disable-dev-shm-usage")
${PROCEDURE}        SEPARATOR=\n
...                 How refunds are paid
...                 1. [Clerk] Check the parcel.
...                 2. [Clerk] If it is damaged: take a photo and go to step 4.
...                 3. [Clerk] Ask the customer for the reason. If there is none, end.
...                 4. [Bank] Pay the refund.
${CHINESE}          1、检查<script>包裹</script>\n2、如果包裹损坏，则拍照并转到第4步；否则联系客户\n3、流程结束\n4、退款


*** Tasks ***
A List Becomes A Chart And Files
    ${chart} =    Draw Flow Chart    ${PROCEDURE}    output=refund.svg, .bpmn, .mmd
    Length Should Be    ${chart.files}    3
    FOR    ${file}    IN    @{chart.files}
        File Should Not Be Empty    ${file}
    END
    Should Contain    ${chart.mermaid}    Ask the customer for the reason
    Should Be Equal    ${chart.nodes}[2][text]    It is damaged?
    Should Be Equal As Integers    ${chart.nodes}[2][line]    3
    Should Be Equal    ${chart.nodes}[2][lane]    Clerk

A Chinese List
    ${chart} =    Draw Flow Chart    ${CHINESE}
    Should Be Equal    ${chart.nodes}[0][text]    开始
    Should Be Equal    ${chart.nodes}[1][text]    检查<script>包裹</script>

This Suite
    ${chart} =    Draw Flow Chart Of Suite    ${SUITE_SOURCE}    task=A List Becomes A Chart And Files    output=suite.svg
    Should Be Equal    ${chart.nodes}[0][kind]    start
    Should Be Equal    ${chart.nodes}[3][text]    For \${file} in \@{chart.files}

What Cannot Be Read Is An Error That Names The Line
    Run Keyword And Expect Error    *line 2 says 'Unless' in 'Unless it is spam, answer it'*
    ...    Draw Flow Chart    1. Open the mail\n2. Unless it is spam, answer it
    Run Keyword And Expect Error    *line 2 goes to step 7, which is not*
    ...    Draw Flow Chart    1. Open the mail\n2. Go to step 7
    Run Keyword And Expect Error    Expected output to name files that end in .svg*    Draw Flow Chart    ${PROCEDURE}    output=refund.pdf
    Run Keyword And Expect Error    Expected the procedure to be a text*    Draw Flow Chart    ${None}
    Run Keyword And Expect Error    *to be a file with a Robot Framework suite*    Draw Flow Chart Of Suite    gone.robot

A Picture Needs A Browser And Leaves Its Page Alone
    [Tags]    browser
    Run Keyword And Expect Error    Expected an open browser*    Draw Flow Chart    ${PROCEDURE}    output=refund.png
    Open Browser    data:text/html,<title>Office</title><h1>Here</h1>    ${BROWSER}    options=${OPTIONS}
    ${chart} =    Draw Flow Chart    ${PROCEDURE}    output=refund.png
    File Should Not Be Empty    ${chart.files}[0]
    Title Should Be    Office
    Page Should Not Contain Element    css:canvas, svg, img
    [Teardown]    Close All Browsers
