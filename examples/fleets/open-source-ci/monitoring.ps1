<powershell>
# Tells the monitoring agent of the image where to report to; it starts later.
$settings = 'api_key: ' + {{ key | powershell }}, 'site: ' + {{ site | powershell }}
Set-Content C:\ProgramData\Datadog\datadog.yaml $settings
</powershell>
