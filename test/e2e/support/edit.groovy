// Edits a cloud as its form in Jenkins does: the plugin's objects are made anew from what they hold, with something else in them.
import groovy.json.JsonSlurper
import jenkins.model.Jenkins
import org.jenkinsci.plugins.structs.describable.DescribableModel

def remade = { Object old, Map changed ->
    def model = new DescribableModel(old.class)
    def held = model.parameters.collectEntries { [it.name, old[it.name]] } + changed
    // Scalars go in as text, which is made into whatever type the parameter has.
    model.instantiate(held.collectEntries { name, value ->
        [name, value instanceof Number || value instanceof Boolean ? value.toString() : value]
    }.findAll { it.value != null })
}
def edit = { Map wanted ->
    def jenkins = Jenkins.get()
    def cloud = jenkins.clouds.find { it.name in [wanted.cloud, 'ec2-' + wanted.cloud] }
    if (wanted.delete) {
        jenkins.clouds.remove(cloud)
        return
    }
    def templates = cloud.templates.findAll { !(it.description in wanted.without) }.collect {
        wanted.templates[it.description] ? remade(it, wanted.templates[it.description]) : it
    }
    def edited = remade(cloud, wanted.parameters + [templates: templates])
    jenkins.clouds.replaceBy(jenkins.clouds.toList().collect { it.is(cloud) ? edited : it })
}
edit(new JsonSlurper().parseText(new String('DATA'.decodeBase64(), 'UTF-8')))
null
