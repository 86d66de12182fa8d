/* What the ec2 plugin treats alike, though it is written differently (read at 2.0.7 to 2059). Needs objects. */

/** Lists of which the order means nothing, and what their items are told apart by. */
@groovy.transform.Field Map<String, String> keysOfItems = [tags: 'name', amiFilters: 'name', env: 'key', locations: 'key', nodeProperties: '$class']

/** Ids of security groups by name, as AWS answered for the settings: a live cloud may have the one or the other. */
@groovy.transform.Field Map<String, String> idsOfGroups = [:]

/** The items in an order that does not depend on how they were written. */
List sortedItems(String parameter, List items) {
    String key = keysOfItems[parameter]
    return key == null ? items : items.sort(false) { it instanceof Map ? "${it[key]}".toString() : '' }
}

boolean isAlike(String parameter, Object one, Object other) {
    return one instanceof String && other instanceof String && sameForAll(parameter, one) == sameForAll(parameter, other)
}

/** One value for all texts that mean the same as a value of this parameter. */
@groovy.transform.CompileStatic
Object sameForAll(String parameter, String text) {
    if (parameter == 'bootDelay' || parameter == 'idleTerminationMinutes') { // AMITypeData.getBootDelayInSeconds, EC2RetentionStrategy
        return text.trim() ?: '0'
    }
    if (parameter == 'launchTimeoutStr') { // SlaveTemplate.getLaunchTimeout: without end
        return text ==~ /-\d+|0+/ ? '' : text
    }
    if (parameter == 'spotMaxBidPrice') { // SpotConfiguration.normalizeBid
        return text ==~ /\d+(\.\d+)?/ ? new BigDecimal(text).stripTrailingZeros().toPlainString() : text
    }
    if (parameter == 'type') { // a constant of AWS SDK 1 has neither dots nor hyphens: InstanceTypeCompat
        return text.replaceAll('[.-]', '').toLowerCase()
    }
    if (parameter == 'enclaveEnabled' || parameter == 'nestedVirtualizationEnabled' || parameter == 'avoidUsingOrphanedNodes') {
        return text == 'false' ? '' : text // null: SlaveTemplate.readResolve
    }
    if (parameter == 'labelString') { // Label.parse: a set
        return text.tokenize() as Set
    }
    if (parameter == 'subnetId' || parameter == 'zone' || parameter == 'amiOwners' || parameter == 'amiUsers') {
        return text.tokenize(' \t\r\n,;')
    }
    return parameter == 'securityGroups' ? groupsIn(text) : text
}

/** SlaveTemplate.parseSecurityGroups: names may have blanks. */
@groovy.transform.CompileStatic
Set<String> groupsIn(String text) {
    Set<String> groups = new HashSet<String>()
    for (String group : text.split(',')) {
        String name = group.trim()
        groups.add(idsOfGroups.get(name) ?: name)
    }
    return groups
}
